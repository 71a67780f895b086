using System.Runtime.InteropServices;

namespace ResearchKit.Formats;

/// <summary>The checksum of PNG and zip, computed by the system's zlib: libpng itself needs it, so it is there whenever libpng is.</summary>
static partial class Crc32
{
    internal static uint Of(ReadOnlySpan<byte> bytes) => (uint)crc32(0, bytes, bytes.Length);

    /// <summary>The checksum of what <paramref name="before"/> is the checksum of, with <paramref name="bytes"/> after it.</summary>
    internal static uint Of(ReadOnlySpan<byte> bytes, uint before) => bytes.IsEmpty ? before : (uint)crc32(before, bytes, bytes.Length);

    [LibraryImport("libz.so.1")]
    private static partial nuint crc32(nuint checksum, ReadOnlySpan<byte> bytes, int count);
}

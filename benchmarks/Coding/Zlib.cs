using System.Runtime.InteropServices;

namespace ResearchKit.Benchmarks.Coding;

/// <summary>The system's zlib with its strategy "Huffman only": an optimal code for each block and no string matching.</summary>
static unsafe partial class Zlib
{
    const int HuffmanOnly = 2, Finish = 4, StreamEnd = 1, Deflated = 8, RawWindow = -15;

    [StructLayout(LayoutKind.Sequential)]
    struct ZStream
    {
        public byte* NextIn;
        public uint AvailableIn;
        public nuint TotalIn;
        public byte* NextOut;
        public uint AvailableOut;
        public nuint TotalOut;
        public byte* Message;
        public void* State, Allocate, Free, Opaque;
        public int DataType;
        public nuint Adler, Reserved;
    }

    internal static int Compress(ReadOnlySpan<byte> input, Span<byte> output)
    {
        var stream = default(ZStream);
        Check(DeflateInit(&stream, 6, Deflated, RawWindow, 9, HuffmanOnly, "1.2.13", sizeof(ZStream)), 0);
        fixed (byte* source = input)
        fixed (byte* target = output)
        {
            Set(&stream, source, input.Length, target, output.Length);
            Check(DeflateRun(&stream, Finish), StreamEnd);
            Check(DeflateEnd(&stream), 0);
        }

        return (int)stream.TotalOut;
    }

    internal static int Decompress(ReadOnlySpan<byte> input, Span<byte> output)
    {
        var stream = default(ZStream);
        Check(InflateInit(&stream, RawWindow, "1.2.13", sizeof(ZStream)), 0);
        fixed (byte* source = input)
        fixed (byte* target = output)
        {
            Set(&stream, source, input.Length, target, output.Length);
            Check(InflateRun(&stream, Finish), StreamEnd);
            Check(InflateEnd(&stream), 0);
        }

        return (int)stream.TotalOut;
    }

    static void Set(ZStream* stream, byte* source, int available, byte* target, int room)
    {
        stream->NextIn = source;
        stream->AvailableIn = (uint)available;
        stream->NextOut = target;
        stream->AvailableOut = (uint)room;
    }

    static void Check(int result, int expected)
    {
        if (result != expected) throw new InvalidOperationException($"zlib returned {result} instead of {expected}.");
    }

    [LibraryImport("libz.so.1", EntryPoint = "deflateInit2_", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int DeflateInit(
        ZStream* stream, int level, int method, int windowBits, int memoryLevel, int strategy, string version, int size);

    [LibraryImport("libz.so.1", EntryPoint = "deflate")]
    private static partial int DeflateRun(ZStream* stream, int flush);

    [LibraryImport("libz.so.1", EntryPoint = "deflateEnd")]
    private static partial int DeflateEnd(ZStream* stream);

    [LibraryImport("libz.so.1", EntryPoint = "inflateInit2_", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int InflateInit(ZStream* stream, int windowBits, string version, int size);

    [LibraryImport("libz.so.1", EntryPoint = "inflate")]
    private static partial int InflateRun(ZStream* stream, int flush);

    [LibraryImport("libz.so.1", EntryPoint = "inflateEnd")]
    private static partial int InflateEnd(ZStream* stream);
}

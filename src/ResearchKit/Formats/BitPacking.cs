using System.Runtime.InteropServices;

namespace ResearchKit.Formats;

/// <summary>Numbers of 1 to 8 bits one after the other, the first in the lowest bits of the first byte.</summary>
static class BitPacking
{
    internal static long Bytes(long count, int bits) => (count * bits + 7) / 8;

    internal static void Pack(ReadOnlySpan<byte> values, int bits, Span<byte> packed)
    {
        uint buffer = 0;
        int held = 0, at = 0;
        foreach (var value in values)
        {
            buffer |= (uint)value << held;
            held += bits;
            if (held < 8) continue;
            packed[at++] = (byte)buffer;
            buffer >>= 8;
            held -= 8;
        }

        if (held > 0) packed[at] = (byte)buffer;
    }

    /// <returns>Whether the unused bits of the last byte are zero, as <see cref="Pack"/> leaves them.</returns>
    internal static bool Unpack(ReadOnlySpan<byte> packed, int bits, Span<byte> values)
    {
        if (bits == 4) return UnpackHalves(packed, values);
        uint buffer = 0;
        int held = 0, at = 0;
        var mask = (1u << bits) - 1;
        for (var i = 0; i < values.Length; i++)
        {
            if (held < bits)
            {
                buffer |= (uint)packed[at++] << held;
                held += 8;
            }

            values[i] = (byte)(buffer & mask);
            buffer >>= bits;
            held -= bits;
        }

        return buffer == 0;
    }

    /// <summary>The width of most index streams, a byte at a time.</summary>
    static bool UnpackHalves(ReadOnlySpan<byte> packed, Span<byte> values)
    {
        var pairs = MemoryMarshal.Cast<byte, ushort>(values);
        var whole = packed[..pairs.Length];
        for (var i = 0; i < whole.Length; i++) pairs[i] = (ushort)(whole[i] & 15 | whole[i] >> 4 << 8);
        if (values.Length % 2 == 0) return true;
        values[^1] = (byte)(packed[pairs.Length] & 15);
        return packed[pairs.Length] <= 15;
    }
}

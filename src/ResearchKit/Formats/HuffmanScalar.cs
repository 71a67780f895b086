using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ResearchKit.Formats;

/// <summary>Portable encoder and decoder of <see cref="HuffmanStream"/>'s layout for any number of lanes.</summary>
static class HuffmanScalar
{
    /// <summary>Encodes the symbols from the last down to number <paramref name="first"/>, a multiple of the lanes.</summary>
    /// <returns>The position behind the last word.</returns>
    internal static int Encode(
        ReadOnlySpan<byte> symbols, int first, HuffmanCode code, Span<uint> states, Span<byte> buffer, int position)
    {
        var lanes = states.Length;
        var order = HuffmanStream.LaneOrder(lanes);
        Span<uint> words = stackalloc uint[256];
        words.Clear();
        for (var symbol = 0; symbol < code.Lengths.Length; symbol++)
            words[symbol] = (uint)code.Codes[symbol] << 16 | code.Lengths[symbol];
        var start = (symbols.Length - 1) / lanes * lanes;
        for (; start >= first; start -= lanes)
        {
            for (var j = lanes - 1; j >= 0; j--)
            {
                var lane = j ^ order;
                if (start + lane >= symbols.Length) continue;
                var state = states[lane];
                var word = words[symbols[start + lane]];
                var length = (int)(word & 0xFFFF);
                if (length == 0) throw HuffmanStream.WithoutWord();
                // Would the state exceed 31 bits (its mark leave the low end)? Then its last 16 bits go out. Without a branch:
                // the word is written anyway and stays only where it is needed.
                var free = BitOperations.TrailingZeroCount(state);
                var full = (free - length) >> 31;
                var bits = state >> free >> 1;
                Unsafe.WriteUnaligned(ref buffer[position], (ushort)bits);
                position -= 2 * full;
                var shorter = (bits >> 16 << 1 | 1) << (free + 16);
                state ^= (state ^ shorter) & (uint)full;
                states[lane] = state >> length | word >> 16 << (32 - length);
            }
        }

        return position;
    }

    /// <summary>Decodes the symbols from number <paramref name="first"/>, a multiple of the lanes, to the last.</summary>
    internal static void Decode(
        ReadOnlySpan<byte> stream, ref int position, HuffmanCode code, Span<uint> states, Span<byte> symbols, int first)
    {
        var lanes = states.Length;
        var order = HuffmanStream.LaneOrder(lanes);
        Span<ushort> entries = stackalloc ushort[1 << HuffmanCode.MaximumLength];
        code.FillDecodingTable(entries);
        ref var table = ref MemoryMarshal.GetReference(entries);
        ref var source = ref MemoryMarshal.GetReference(stream);
        ref var state = ref MemoryMarshal.GetReference(states);
        var start = first;
        // A step takes at most one word per lane, so that checking once per step keeps every read inside the stream.
        for (; start + lanes <= symbols.Length && position >= 2 * lanes; start += lanes)
        {
            ref var target = ref symbols[start];
            nint at = position - 2;
            for (var j = 0; j < lanes; j++)
            {
                var lane = j ^ order;
                var bits = Unsafe.Add(ref state, lane);
                var entry = Unsafe.Add(ref table, (nint)(bits >> (32 - HuffmanCode.MaximumLength)));
                Unsafe.Add(ref target, lane) = (byte)(entry >> 8);
                bits <<= entry;
                uint word = Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref source, at));
                // No bit in the low half: fewer than 16 bits are left above the mark, and a word follows in its place.
                var mark = bits & (0 - bits);
                var change = (mark >> 16) * (2 * word + 1) - mark;
                // All ones or zero without a branch: whether a word is needed cannot be predicted.
                var needed = (int)((bits & 0xFFFF) - 1) >> 31;
                Unsafe.Add(ref state, lane) = bits + (change & (uint)needed);
                at += 2 * needed;
            }

            position = (int)at + 2;
        }

        for (; start < symbols.Length; start += lanes)
        {
            for (var j = 0; j < lanes; j++)
            {
                var lane = j ^ order;
                if (start + lane >= symbols.Length) continue;
                var bits = states[lane];
                var entry = entries[(int)(bits >> (32 - HuffmanCode.MaximumLength))];
                symbols[start + lane] = (byte)(entry >> 8);
                bits <<= entry;
                if ((ushort)bits == 0)
                {
                    if (position < 2)
                        throw new InvalidDataException(
                            $"Huffman stream: it ends before symbol {start + lane} of {symbols.Length}.");
                    position -= 2;
                    uint word = MemoryMarshal.Read<ushort>(stream[position..]);
                    var mark = bits & (0 - bits);
                    bits = bits - mark + (mark >> 16) * (2 * word + 1);
                }

                states[lane] = bits;
            }
        }
    }
}

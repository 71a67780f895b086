using System.Buffers.Binary;
using ResearchKit.Formats;

namespace ResearchKit.Tests.Formats;

/// <summary>
/// The layout of <see cref="HuffmanStream"/> once more, one bit at a time and from its description alone: what the fast decoders
/// are compared with.
/// </summary>
static class HuffmanReference
{
    internal static byte[] Decode(ReadOnlySpan<byte> stream, ReadOnlySpan<byte> lengths, int count)
    {
        var lanes = count < HuffmanStream.LaneThreshold ? 1 : 64;
        var position = stream.Length - 4 * lanes;
        var bits = new Queue<bool>[lanes];
        for (var lane = 0; lane < lanes; lane++)
        {
            var state = BinaryPrimitives.ReadUInt32LittleEndian(stream[(position + 4 * lane)..]);
            bits[lane] = new Queue<bool>();
            var mark = 0;
            while ((state >> mark & 1) == 0) mark++;
            for (var bit = 31; bit > mark; bit--) bits[lane].Enqueue((state >> bit & 1) != 0);
        }

        var words = CanonicalWords(lengths);
        var symbols = new byte[count];
        for (var start = 0; start < count; start += lanes)
        {
            for (var group = 0; group < lanes; group += 32)
            {
                for (var lane = Math.Min(group + 31, lanes - 1); lane >= group; lane--)
                {
                    if (start + lane >= count) continue;
                    int word = 0, length = 0;
                    byte symbol;
                    do
                    {
                        word = word << 1 | (bits[lane].Dequeue() ? 1 : 0);
                        length++;
                    }
                    while (!words.TryGetValue((length, word), out symbol));
                    symbols[start + lane] = symbol;
                    if (bits[lane].Count >= 16) continue;
                    position -= 2;
                    var next = BinaryPrimitives.ReadUInt16LittleEndian(stream[position..]);
                    for (var bit = 15; bit >= 0; bit--) bits[lane].Enqueue((next >> bit & 1) != 0);
                }
            }
        }

        Assert(position == 0 && bits.All(left => left.Count == 16 && !left.Contains(true)));
        return symbols;
    }

    /// <summary>Deflate's rule (RFC 1951, 3.2.2): each length's first word follows from the number of shorter ones.</summary>
    static Dictionary<(int Length, int Word), byte> CanonicalWords(ReadOnlySpan<byte> lengths)
    {
        var words = new Dictionary<(int, int), byte>();
        var next = 0;
        for (var length = 1; length <= 16; length++)
        {
            next <<= 1;
            for (var symbol = 0; symbol < lengths.Length; symbol++)
                if (lengths[symbol] == length) words[(length, next++)] = (byte)symbol;
        }

        return words;
    }

    static void Assert(bool condition)
    {
        if (!condition) throw new InvalidDataException("The stream does not end in empty states.");
    }
}

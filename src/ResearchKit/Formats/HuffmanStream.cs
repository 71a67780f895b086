using System.Buffers;
using System.Buffers.Binary;

namespace ResearchKit.Formats;

/// <summary>Symbols as a stream of Huffman code words, in a layout that vector units decode 64 symbols at a time.</summary>
/// <remarks>
/// <para>Symbol i belongs to lane i mod L, L = 64 lanes, or 1 for fewer than <see cref="LaneThreshold"/> symbols. Each lane has
/// a state: 16 to 31 bits of its own bit string. A step decodes one symbol in each lane; a lane left with fewer than 16 bits
/// then takes the next 16-bit word. All lanes take their words from one place that moves towards the stream's start: lanes 0 to
/// 31 first, then 32 to 63, the words of such a group lying in the order of its lanes.</para>
/// <para>The stream: the words, little-endian, then L states of 32 bits, each its bits left-justified with a 1 behind them. The
/// encoder runs backwards from empty states (16 zero bits), so that a decoder must end at the stream's first byte in just
/// these states; anything else is damage.</para>
/// </remarks>
public static class HuffmanStream
{
    /// <summary>From this many symbols on there are 64 lanes; their states cost 200 bytes on average, under 0.5 %.</summary>
    public const int LaneThreshold = 1 << 16;

    internal const int VectorLanes = 64;

    /// <summary>16 zero bits and the mark behind them.</summary>
    internal const uint EmptyState = 1u << 15;

    internal static int Lanes(int symbols) => symbols < LaneThreshold ? 1 : VectorLanes;

    /// <summary>The order of the lanes in a group's words is ascending, read from behind it is descending.</summary>
    internal static int LaneOrder(int lanes) => lanes == 1 ? 0 : 31;

    /// <summary>The room that encoding this many symbols takes at most, in bytes.</summary>
    public static int MaximumBytes(int symbols) =>
        checked((int)((long)symbols * HuffmanCode.MaximumLength / 8) + 4 * VectorLanes + VectorLanes);

    /// <summary>Encodes the symbols.</summary>
    /// <exception cref="ArgumentException">A symbol has no code word.</exception>
    public static byte[] Encode(ReadOnlySpan<byte> symbols, HuffmanCode code)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(MaximumBytes(symbols.Length));
        try
        {
            return buffer[..Encode(symbols, code, buffer)];
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>
    /// Encodes the symbols into a buffer of at least <see cref="MaximumBytes"/>, of which all may be overwritten.
    /// </summary>
    /// <returns>The stream's length in bytes.</returns>
    /// <exception cref="ArgumentException">A symbol has no code word, or the buffer is too small.</exception>
    public static int Encode(ReadOnlySpan<byte> symbols, HuffmanCode code, Span<byte> buffer)
    {
        ArgumentNullException.ThrowIfNull(code);
        return Encode(symbols, code, buffer, HuffmanVector.IsSupported);
    }

    internal static int Encode(ReadOnlySpan<byte> symbols, HuffmanCode code, Span<byte> buffer, bool vectors)
    {
        if (buffer.Length < MaximumBytes(symbols.Length))
            throw new ArgumentException(
                $"Encoding {symbols.Length} symbols needs {MaximumBytes(symbols.Length)} bytes.", nameof(buffer));
        var lanes = Lanes(symbols.Length);
        Span<uint> states = stackalloc uint[lanes];
        states.Fill(EmptyState);
        var whole = lanes == VectorLanes && vectors ? symbols.Length / VectorLanes * VectorLanes : 0;
        var position = HuffmanScalar.Encode(symbols, whole, code, states, buffer, 0);
        if (whole > 0) position = HuffmanVector.Encode(symbols[..whole], code, states, buffer, position);
        foreach (var state in states)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(buffer[position..], state);
            position += 4;
        }

        return position;
    }

    internal static ArgumentException WithoutWord() => new("A symbol occurs that has no code word.", "symbols");

    /// <summary>Decodes as many symbols as the destination holds.</summary>
    /// <exception cref="InvalidDataException">The stream is damaged: it does not end with its last symbol in empty
    /// states.</exception>
    public static void Decode(ReadOnlySpan<byte> stream, HuffmanCode code, Span<byte> symbols)
    {
        ArgumentNullException.ThrowIfNull(code);
        Decode(stream, code, symbols, HuffmanVector.IsSupported);
    }

    internal static void Decode(ReadOnlySpan<byte> stream, HuffmanCode code, Span<byte> symbols, bool vectors)
    {
        var lanes = Lanes(symbols.Length);
        var position = stream.Length - 4 * lanes;
        if (position < 0 || position % 2 != 0)
            throw new InvalidDataException($"Huffman stream: {stream.Length} bytes cannot be words and {lanes} states.");
        Span<uint> states = stackalloc uint[lanes];
        for (var lane = 0; lane < lanes; lane++)
        {
            states[lane] = BinaryPrimitives.ReadUInt32LittleEndian(stream[(position + 4 * lane)..]);
            if ((ushort)states[lane] == 0)
                throw new InvalidDataException(
                    $"Huffman stream: the state of lane {lane} at byte {position + 4 * lane} is invalid.");
        }

        var done = 0;
        if (lanes == VectorLanes && vectors) done = HuffmanVector.Decode(stream, ref position, code, states, symbols);
        HuffmanScalar.Decode(stream, ref position, code, states, symbols, done);
        if (position != 0)
            throw new InvalidDataException($"Huffman stream: {position} bytes are left after the last symbol.");
        for (var lane = 0; lane < lanes; lane++)
            if (states[lane] != EmptyState)
                throw new InvalidDataException($"Huffman stream: lane {lane} does not end in the empty state.");
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ResearchKit.Formats;

/// <summary>
/// Encoder and decoder of <see cref="HuffmanStream"/>'s 64 lanes with AVX-512: 32 lanes of 16 bits in a register.
/// </summary>
/// <remarks>
/// No table in memory is indexed by the stream. Canonical words of one length are consecutive numbers, so comparing the next 16
/// bits with the first word of each following length gives the length; one subtraction gives the word's rank, and a register
/// permutation the symbol. The words that lanes take are spread over them by one expansion.
/// </remarks>
static class HuffmanVector
{
    internal static bool IsSupported => Avx512BW.IsSupported && Avx512Vbmi.IsSupported && Avx512Vbmi2.IsSupported;

    /// <summary>Decodes whole steps while the stream has words for sure; the rest is left to the scalar decoder.</summary>
    /// <returns>The number of symbols decoded.</returns>
    internal static unsafe int Decode(
        ReadOnlySpan<byte> stream, ref int position, HuffmanCode code, Span<uint> states, Span<byte> symbols)
    {
        Span<ushort> limits = stackalloc ushort[HuffmanCode.MaximumLength];
        Span<ushort> lengthOf = stackalloc ushort[32];
        Span<ushort> offsetOf = stackalloc ushort[32];
        var classes = Classes(code, limits, lengthOf, offsetOf);
        var lengthTable = Vector512.Create<ushort>(lengthOf);
        var offsetTable = Vector512.Create<ushort>(offsetOf);
        var bounds = stackalloc Vector512<ushort>[classes];
        for (var i = 0; i < classes; i++) bounds[i] = Vector512.Create(limits[i]);
        Span<byte> sorted = stackalloc byte[256];
        sorted.Clear();
        code.SymbolsByCode.CopyTo(sorted);
        var table = new ByteTable(sorted);

        var parts = stackalloc ushort[3 * HuffmanStream.VectorLanes];
        Split(states, new(parts, 3 * HuffmanStream.VectorLanes));
        Vector512<ushort> highA = Vector512.Load(parts), highB = Vector512.Load(parts + 32);
        Vector512<ushort> lowA = Vector512.Load(parts + 64), lowB = Vector512.Load(parts + 96);
        Vector512<ushort> validA = Vector512.Load(parts + 128), validB = Vector512.Load(parts + 160);
        var sixteen = Vector512.Create((ushort)16);
        int start;
        fixed (byte* source = stream)
        fixed (byte* target = symbols)
        {
            // A step moves back by at most 128 bytes; loads end at most 64 bytes behind the last word, inside the states.
            var at = source + position;
            var end = source + 2 * HuffmanStream.VectorLanes;
            for (start = 0; start + HuffmanStream.VectorLanes <= symbols.Length && at >= end; start += HuffmanStream.VectorLanes)
            {
                var classA = Vector512<ushort>.Zero;
                var classB = Vector512<ushort>.Zero;
                for (var i = 0; i < classes; i++)
                {
                    var bound = bounds[i];
                    classA -= Vector512.GreaterThan(highA, bound);
                    classB -= Vector512.GreaterThan(highB, bound);
                }

                var lengthA = Avx512BW.PermuteVar32x16(lengthTable, classA);
                var lengthB = Avx512BW.PermuteVar32x16(lengthTable, classB);
                var restA = sixteen - lengthA;
                var restB = sixteen - lengthB;
                var rankA = Avx512BW.ShiftRightLogicalVariable(highA, restA) - Avx512BW.PermuteVar32x16(offsetTable, classA);
                var rankB = Avx512BW.ShiftRightLogicalVariable(highB, restB) - Avx512BW.PermuteVar32x16(offsetTable, classB);
                table.Lookup(Vector512.Narrow(rankA, rankB)).Store(target + start);

                Consume(ref highA, ref lowA, ref validA, lengthA, restA);
                Consume(ref highB, ref lowB, ref validB, lengthB, restB);
                at = Refill(ref highA, ref lowA, ref validA, at);
                at = Refill(ref highB, ref lowB, ref validB, at);
            }

            position = (int)(at - source);
        }

        highA.Store(parts);
        highB.Store(parts + 32);
        lowA.Store(parts + 64);
        lowB.Store(parts + 96);
        validA.Store(parts + 128);
        validB.Store(parts + 160);
        Join(new(parts, 3 * HuffmanStream.VectorLanes), states);
        return start;
    }

    /// <summary>Encodes whole steps, the last one first.</summary>
    /// <returns>The position behind the last word; 64 bytes behind it are overwritten.</returns>
    internal static unsafe int Encode(
        ReadOnlySpan<byte> symbols, HuffmanCode code, Span<uint> states, Span<byte> buffer, int position)
    {
        Span<byte> lengths = stackalloc byte[256], lowBytes = stackalloc byte[256], highBytes = stackalloc byte[256];
        lengths.Clear();
        lowBytes.Clear();
        highBytes.Clear();
        code.Lengths.CopyTo(lengths);
        for (var symbol = 0; symbol < code.Codes.Length; symbol++)
        {
            lowBytes[symbol] = (byte)code.Codes[symbol];
            highBytes[symbol] = (byte)(code.Codes[symbol] >> 8);
        }

        var lengthTable = new ByteTable(lengths);
        var lowTable = new ByteTable(lowBytes);
        var highTable = new ByteTable(highBytes);
        var parts = stackalloc ushort[3 * HuffmanStream.VectorLanes];
        Split(states, new(parts, 3 * HuffmanStream.VectorLanes));
        Vector512<ushort> highA = Vector512.Load(parts), highB = Vector512.Load(parts + 32);
        Vector512<ushort> lowA = Vector512.Load(parts + 64), lowB = Vector512.Load(parts + 96);
        Vector512<ushort> validA = Vector512.Load(parts + 128), validB = Vector512.Load(parts + 160);
        RightJustify(ref highA, ref lowA, validA);
        RightJustify(ref highB, ref lowB, validB);
        var missing = Vector512<byte>.Zero;
        fixed (byte* source = symbols)
        fixed (byte* target = buffer)
        {
            var at = target + position;
            for (var start = symbols.Length - HuffmanStream.VectorLanes; start >= 0; start -= HuffmanStream.VectorLanes)
            {
                var symbol = Vector512.Load(source + start);
                var length = lengthTable.Lookup(symbol);
                missing |= Vector512.Equals(length, Vector512<byte>.Zero);
                var (lengthA, lengthB) = Vector512.Widen(length);
                var (codeLowA, codeLowB) = Vector512.Widen(lowTable.Lookup(symbol));
                var (codeHighA, codeHighB) = Vector512.Widen(highTable.Lookup(symbol));
                at = Prepend(ref highB, ref lowB, ref validB, codeHighB << 8 | codeLowB, lengthB, at);
                at = Prepend(ref highA, ref lowA, ref validA, codeHighA << 8 | codeLowA, lengthA, at);
            }

            position = (int)(at - target);
        }

        if (missing != Vector512<byte>.Zero) throw HuffmanStream.WithoutWord();
        LeftJustify(ref highA, ref lowA, validA);
        LeftJustify(ref highB, ref lowB, validB);
        highA.Store(parts);
        highB.Store(parts + 32);
        lowA.Store(parts + 64);
        lowB.Store(parts + 96);
        validA.Store(parts + 128);
        validB.Store(parts + 160);
        Join(new(parts, 3 * HuffmanStream.VectorLanes), states);
        return position;
    }

    /// <summary>
    /// The lengths that occur, ascending: for each but the last the last 16-bit window that still belongs to it, for each its
    /// length and what to subtract from a word to get its rank.
    /// </summary>
    static int Classes(HuffmanCode code, Span<ushort> limits, Span<ushort> lengthOf, Span<ushort> offsetOf)
    {
        lengthOf.Clear();
        offsetOf.Clear();
        int classes = 0, rank = 0, next = 0;
        for (var length = 1; length <= HuffmanCode.MaximumLength; length++)
        {
            next <<= 1;
            var count = code.Lengths.Count((byte)length);
            if (count == 0) continue;
            lengthOf[classes] = (ushort)length;
            offsetOf[classes] = (ushort)(next - rank);
            next += count;
            rank += count;
            limits[classes++] = (ushort)((next << (16 - length)) - 1);
        }

        return classes - 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Consume(
        ref Vector512<ushort> high, ref Vector512<ushort> low, ref Vector512<ushort> valid,
        Vector512<ushort> length, Vector512<ushort> rest)
    {
        high = Avx512BW.ShiftLeftLogicalVariable(high, length) | Avx512BW.ShiftRightLogicalVariable(low, rest);
        low = Avx512BW.ShiftLeftLogicalVariable(low, length);
        valid -= length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static unsafe byte* Refill(ref Vector512<ushort> high, ref Vector512<ushort> low, ref Vector512<ushort> valid, byte* at)
    {
        var sixteen = Vector512.Create((ushort)16);
        var dry = Vector512.LessThan(valid, sixteen);
        at -= 2 * BitOperations.PopCount(dry.ExtractMostSignificantBits());
        // A shift by 16 or more, or by a negative number, gives 0.
        var words = Avx512Vbmi2.Expand(Vector512<ushort>.Zero, dry, Vector512.Load((ushort*)at));
        high |= Avx512BW.ShiftRightLogicalVariable(words, valid);
        low |= Avx512BW.ShiftLeftLogicalVariable(words, sixteen - valid);
        valid += dry & sixteen;
        return at;
    }

    /// <summary>
    /// The inverse of a step of the decoder: puts out the last word where the state would overflow, adds the code in front.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static unsafe byte* Prepend(
        ref Vector512<ushort> high, ref Vector512<ushort> low, ref Vector512<ushort> valid,
        Vector512<ushort> word, Vector512<ushort> length, byte* at)
    {
        var sixteen = Vector512.Create((ushort)16);
        var full = Vector512.GreaterThan(valid + length, Vector512.Create((ushort)31));
        Avx512Vbmi2.Compress(Vector512<ushort>.Zero, full, low).Store((ushort*)at);
        at += 2 * BitOperations.PopCount(full.ExtractMostSignificantBits());
        low = Vector512.ConditionalSelect(full, high, low);
        high = Vector512.AndNot(high, full);
        valid -= full & sixteen;
        low |= Avx512BW.ShiftLeftLogicalVariable(word, valid);
        high |= Avx512BW.ShiftRightLogicalVariable(word, sixteen - valid)
            | Avx512BW.ShiftLeftLogicalVariable(word, valid - sixteen);
        valid += length;
        return at;
    }

    /// <summary>
    /// Splits the states for the registers: upper halves, lower halves without their marks, and numbers of bits, 64 each.
    /// </summary>
    static void Split(ReadOnlySpan<uint> states, Span<ushort> parts)
    {
        for (var lane = 0; lane < HuffmanStream.VectorLanes; lane++)
        {
            var free = BitOperations.TrailingZeroCount(states[lane]);
            parts[lane] = (ushort)(states[lane] >> 16);
            parts[64 + lane] = (ushort)(states[lane] ^ 1u << free);
            parts[128 + lane] = (ushort)(31 - free);
        }
    }

    static void Join(ReadOnlySpan<ushort> parts, Span<uint> states)
    {
        for (var lane = 0; lane < HuffmanStream.VectorLanes; lane++)
            states[lane] = (uint)parts[lane] << 16 | parts[64 + lane] | 1u << (31 - parts[128 + lane]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void RightJustify(ref Vector512<ushort> high, ref Vector512<ushort> low, Vector512<ushort> valid)
    {
        // 16 to 31 bits are valid: the value moves down by 1 to 16.
        var free = Vector512.Create((ushort)32) - valid;
        var up = Vector512.Create((ushort)16) - free;
        low = Avx512BW.ShiftRightLogicalVariable(low, free) | Avx512BW.ShiftLeftLogicalVariable(high, up);
        high = Avx512BW.ShiftRightLogicalVariable(high, free);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void LeftJustify(ref Vector512<ushort> high, ref Vector512<ushort> low, Vector512<ushort> valid)
    {
        var free = Vector512.Create((ushort)32) - valid;
        var down = Vector512.Create((ushort)16) - free;
        high = Avx512BW.ShiftLeftLogicalVariable(high, free) | Avx512BW.ShiftRightLogicalVariable(low, down);
        low = Avx512BW.ShiftLeftLogicalVariable(low, free);
    }

    /// <summary>256 bytes in four registers, looked up 64 at a time.</summary>
    readonly struct ByteTable(ReadOnlySpan<byte> table)
    {
        readonly Vector512<byte> first = Vector512.Create(table);
        readonly Vector512<byte> second = Vector512.Create(table[64..]);
        readonly Vector512<byte> third = Vector512.Create(table[128..]);
        readonly Vector512<byte> fourth = Vector512.Create(table[192..]);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal Vector512<byte> Lookup(Vector512<byte> index) => Vector512.ConditionalSelect(
            Vector512.LessThan(index.AsSByte(), Vector512<sbyte>.Zero).AsByte(),
            Avx512Vbmi.PermuteVar64x8x2(third, index, fourth),
            Avx512Vbmi.PermuteVar64x8x2(first, index, second));
    }
}

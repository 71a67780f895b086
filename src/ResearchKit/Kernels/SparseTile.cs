namespace ResearchKit.Kernels;

/// <summary>The inner loop of <see cref="SparseConvolution"/>: filters over the inputs of a tile, of whose sums each register holds one vector.</summary>
internal static unsafe class SparseTile
{
    /// <summary>Vectors of a tile at most: half of the registers of AVX-512, three quarters of AVX2's.</summary>
    public static int Limit(InstructionSet set) => set == InstructionSet.Avx512 ? 16 : 12;

    /// <summary>Adds the products of a block of channels: for each run and lane, sums[run.Filter] += weight * input[offset].</summary>
    /// <param name="vectors">Of the tile.</param>
    /// <param name="taps">All weights.</param>
    /// <param name="runs">Those of this block.</param>
    /// <param name="input">The block's inputs.</param>
    /// <param name="sums">[filters, vectors, lanes].</param>
    public static void Accumulate<T, TLanes>(int vectors, SparseTap* taps, ReadOnlySpan<SparseRun> runs, float* input, float* sums)
        where T : unmanaged where TLanes : struct, ISparseLanes<T>
    {
        switch (vectors)
        {
            case 1: Accumulate<T, TLanes, One>(taps, runs, input, sums); break;
            case 2: Accumulate<T, TLanes, Two>(taps, runs, input, sums); break;
            case 3: Accumulate<T, TLanes, Three>(taps, runs, input, sums); break;
            case 4: Accumulate<T, TLanes, Four>(taps, runs, input, sums); break;
            case 5: Accumulate<T, TLanes, Five>(taps, runs, input, sums); break;
            case 6: Accumulate<T, TLanes, Six>(taps, runs, input, sums); break;
            case 7: Accumulate<T, TLanes, Seven>(taps, runs, input, sums); break;
            case 8: Accumulate<T, TLanes, Eight>(taps, runs, input, sums); break;
            case 9: Accumulate<T, TLanes, Nine>(taps, runs, input, sums); break;
            case 10: Accumulate<T, TLanes, Ten>(taps, runs, input, sums); break;
            case 11: Accumulate<T, TLanes, Eleven>(taps, runs, input, sums); break;
            case 12: Accumulate<T, TLanes, Twelve>(taps, runs, input, sums); break;
            case 13: Accumulate<T, TLanes, Thirteen>(taps, runs, input, sums); break;
            case 14: Accumulate<T, TLanes, Fourteen>(taps, runs, input, sums); break;
            case 15: Accumulate<T, TLanes, Fifteen>(taps, runs, input, sums); break;
            default: Accumulate<T, TLanes, Sixteen>(taps, runs, input, sums); break;
        }
    }

    // What a tile has no use for the compiler leaves out, as the number is a constant of the type.
    static void Accumulate<T, TLanes, TVectors>(SparseTap* taps, ReadOnlySpan<SparseRun> runs, float* input, float* sums)
        where T : unmanaged where TLanes : struct, ISparseLanes<T> where TVectors : struct, INumber
    {
        T s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default, s6 = default, s7 = default;
        T s8 = default, s9 = default, s10 = default, s11 = default, s12 = default, s13 = default, s14 = default, s15 = default;
        foreach (ref readonly var run in runs)
        {
            var sum = sums + (nint)run.Filter * TVectors.Value * TLanes.Count;
            s0 = TLanes.Load(sum);
            if (TVectors.Value > 1) s1 = TLanes.Load(sum + TLanes.Count);
            if (TVectors.Value > 2) s2 = TLanes.Load(sum + 2 * TLanes.Count);
            if (TVectors.Value > 3) s3 = TLanes.Load(sum + 3 * TLanes.Count);
            if (TVectors.Value > 4) s4 = TLanes.Load(sum + 4 * TLanes.Count);
            if (TVectors.Value > 5) s5 = TLanes.Load(sum + 5 * TLanes.Count);
            if (TVectors.Value > 6) s6 = TLanes.Load(sum + 6 * TLanes.Count);
            if (TVectors.Value > 7) s7 = TLanes.Load(sum + 7 * TLanes.Count);
            if (TVectors.Value > 8) s8 = TLanes.Load(sum + 8 * TLanes.Count);
            if (TVectors.Value > 9) s9 = TLanes.Load(sum + 9 * TLanes.Count);
            if (TVectors.Value > 10) s10 = TLanes.Load(sum + 10 * TLanes.Count);
            if (TVectors.Value > 11) s11 = TLanes.Load(sum + 11 * TLanes.Count);
            if (TVectors.Value > 12) s12 = TLanes.Load(sum + 12 * TLanes.Count);
            if (TVectors.Value > 13) s13 = TLanes.Load(sum + 13 * TLanes.Count);
            if (TVectors.Value > 14) s14 = TLanes.Load(sum + 14 * TLanes.Count);
            if (TVectors.Value > 15) s15 = TLanes.Load(sum + 15 * TLanes.Count);
            var end = taps + run.End;
            for (var tap = taps + run.Start; tap < end; tap++)
            {
                var weight = TLanes.Broadcast(tap->Weight);
                var x = input + tap->Offset;
                s0 = TLanes.MultiplyAdd(weight, TLanes.Load(x), s0);
                if (TVectors.Value > 1) s1 = TLanes.MultiplyAdd(weight, TLanes.Load(x + TLanes.Count), s1);
                if (TVectors.Value > 2) s2 = TLanes.MultiplyAdd(weight, TLanes.Load(x + 2 * TLanes.Count), s2);
                if (TVectors.Value > 3) s3 = TLanes.MultiplyAdd(weight, TLanes.Load(x + 3 * TLanes.Count), s3);
                if (TVectors.Value > 4) s4 = TLanes.MultiplyAdd(weight, TLanes.Load(x + 4 * TLanes.Count), s4);
                if (TVectors.Value > 5) s5 = TLanes.MultiplyAdd(weight, TLanes.Load(x + 5 * TLanes.Count), s5);
                if (TVectors.Value > 6) s6 = TLanes.MultiplyAdd(weight, TLanes.Load(x + 6 * TLanes.Count), s6);
                if (TVectors.Value > 7) s7 = TLanes.MultiplyAdd(weight, TLanes.Load(x + 7 * TLanes.Count), s7);
                if (TVectors.Value > 8) s8 = TLanes.MultiplyAdd(weight, TLanes.Load(x + 8 * TLanes.Count), s8);
                if (TVectors.Value > 9) s9 = TLanes.MultiplyAdd(weight, TLanes.Load(x + 9 * TLanes.Count), s9);
                if (TVectors.Value > 10) s10 = TLanes.MultiplyAdd(weight, TLanes.Load(x + 10 * TLanes.Count), s10);
                if (TVectors.Value > 11) s11 = TLanes.MultiplyAdd(weight, TLanes.Load(x + 11 * TLanes.Count), s11);
                if (TVectors.Value > 12) s12 = TLanes.MultiplyAdd(weight, TLanes.Load(x + 12 * TLanes.Count), s12);
                if (TVectors.Value > 13) s13 = TLanes.MultiplyAdd(weight, TLanes.Load(x + 13 * TLanes.Count), s13);
                if (TVectors.Value > 14) s14 = TLanes.MultiplyAdd(weight, TLanes.Load(x + 14 * TLanes.Count), s14);
                if (TVectors.Value > 15) s15 = TLanes.MultiplyAdd(weight, TLanes.Load(x + 15 * TLanes.Count), s15);
            }
            TLanes.Store(sum, s0);
            if (TVectors.Value > 1) TLanes.Store(sum + TLanes.Count, s1);
            if (TVectors.Value > 2) TLanes.Store(sum + 2 * TLanes.Count, s2);
            if (TVectors.Value > 3) TLanes.Store(sum + 3 * TLanes.Count, s3);
            if (TVectors.Value > 4) TLanes.Store(sum + 4 * TLanes.Count, s4);
            if (TVectors.Value > 5) TLanes.Store(sum + 5 * TLanes.Count, s5);
            if (TVectors.Value > 6) TLanes.Store(sum + 6 * TLanes.Count, s6);
            if (TVectors.Value > 7) TLanes.Store(sum + 7 * TLanes.Count, s7);
            if (TVectors.Value > 8) TLanes.Store(sum + 8 * TLanes.Count, s8);
            if (TVectors.Value > 9) TLanes.Store(sum + 9 * TLanes.Count, s9);
            if (TVectors.Value > 10) TLanes.Store(sum + 10 * TLanes.Count, s10);
            if (TVectors.Value > 11) TLanes.Store(sum + 11 * TLanes.Count, s11);
            if (TVectors.Value > 12) TLanes.Store(sum + 12 * TLanes.Count, s12);
            if (TVectors.Value > 13) TLanes.Store(sum + 13 * TLanes.Count, s13);
            if (TVectors.Value > 14) TLanes.Store(sum + 14 * TLanes.Count, s14);
            if (TVectors.Value > 15) TLanes.Store(sum + 15 * TLanes.Count, s15);
        }
    }

    interface INumber
    {
        static abstract int Value { get; }
    }

    struct One : INumber { public static int Value => 1; }

    struct Two : INumber { public static int Value => 2; }

    struct Three : INumber { public static int Value => 3; }

    struct Four : INumber { public static int Value => 4; }

    struct Five : INumber { public static int Value => 5; }

    struct Six : INumber { public static int Value => 6; }

    struct Seven : INumber { public static int Value => 7; }

    struct Eight : INumber { public static int Value => 8; }

    struct Nine : INumber { public static int Value => 9; }

    struct Ten : INumber { public static int Value => 10; }

    struct Eleven : INumber { public static int Value => 11; }

    struct Twelve : INumber { public static int Value => 12; }

    struct Thirteen : INumber { public static int Value => 13; }

    struct Fourteen : INumber { public static int Value => 14; }

    struct Fifteen : INumber { public static int Value => 15; }

    struct Sixteen : INumber { public static int Value => 16; }
}

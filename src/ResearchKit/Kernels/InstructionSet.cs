using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ResearchKit.Kernels;

/// <summary>Which vector instructions a kernel uses. The quickest that the processor has is the default; tests force the others.</summary>
public enum InstructionSet
{
    /// <summary>What every processor has.</summary>
    Portable,

    /// <summary>AVX2 with fused multiply-add: 256 bits.</summary>
    Avx2,

    /// <summary>AVX-512: 512 bits.</summary>
    Avx512,
}

/// <summary>What this processor offers.</summary>
public static class InstructionSets
{
    /// <summary>The widest set available.</summary>
    public static InstructionSet Best { get; } =
        IsSupported(InstructionSet.Avx512) ? InstructionSet.Avx512
        : IsSupported(InstructionSet.Avx2) ? InstructionSet.Avx2
        : InstructionSet.Portable;

    /// <summary>All sets that can be used here, the portable one first.</summary>
    public static IReadOnlyList<InstructionSet> Available { get; } = [.. Enum.GetValues<InstructionSet>().Where(IsSupported)];

    static bool IsSupported(InstructionSet set) => set switch
    {
        InstructionSet.Avx512 => Vector512.IsHardwareAccelerated && Avx512F.VL.IsSupported && IsSupported(InstructionSet.Avx2),
        InstructionSet.Avx2 => Avx2.IsSupported && Fma.IsSupported,
        _ => true,
    };
}

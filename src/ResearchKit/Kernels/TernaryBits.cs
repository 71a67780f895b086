using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ResearchKit.Kernels;

/// <summary>Truth tables of AVX-512's ternary logic, the first operand being the most significant bit of the row's number.</summary>
internal static class TernaryBits
{
    public const byte Parity = 0x96, Majority = 0xE8;

    /// <summary>Of a, b and their sum with c: a where a and b agree, else the complement of the sum.</summary>
    public const byte Carry = 0xD4;
}

/// <summary>512 bits; every function of three bits is one instruction.</summary>
internal readonly unsafe struct TernaryBits512 : IBitVector<Vector512<ulong>>
{
    public static int Bytes => 64;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> Load(byte* from) => Vector512.Load((ulong*)from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(byte* to, Vector512<ulong> vector) => vector.Store((ulong*)to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> Not(Vector512<ulong> a) => ~a;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> And(Vector512<ulong> a, Vector512<ulong> b) => a & b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> Xor(Vector512<ulong> a, Vector512<ulong> b) => a ^ b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> Parity(Vector512<ulong> a, Vector512<ulong> b, Vector512<ulong> c) =>
        Avx512F.TernaryLogic(a, b, c, TernaryBits.Parity);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> Majority(Vector512<ulong> a, Vector512<ulong> b, Vector512<ulong> c) =>
        Avx512F.TernaryLogic(a, b, c, TernaryBits.Majority);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> Carry(Vector512<ulong> a, Vector512<ulong> b, Vector512<ulong> sum) =>
        Avx512F.TernaryLogic(a, b, sum, TernaryBits.Carry);
}

/// <summary>256 bits; every function of three bits is one instruction.</summary>
internal readonly unsafe struct TernaryBits256 : IBitVector<Vector256<ulong>>
{
    public static int Bytes => 32;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> Load(byte* from) => Vector256.Load((ulong*)from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(byte* to, Vector256<ulong> vector) => vector.Store((ulong*)to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> Not(Vector256<ulong> a) => ~a;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> And(Vector256<ulong> a, Vector256<ulong> b) => a & b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> Xor(Vector256<ulong> a, Vector256<ulong> b) => a ^ b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> Parity(Vector256<ulong> a, Vector256<ulong> b, Vector256<ulong> c) =>
        Avx512F.VL.TernaryLogic(a, b, c, TernaryBits.Parity);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> Majority(Vector256<ulong> a, Vector256<ulong> b, Vector256<ulong> c) =>
        Avx512F.VL.TernaryLogic(a, b, c, TernaryBits.Majority);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> Carry(Vector256<ulong> a, Vector256<ulong> b, Vector256<ulong> sum) =>
        Avx512F.VL.TernaryLogic(a, b, sum, TernaryBits.Carry);
}

/// <summary>128 bits; every function of three bits is one instruction.</summary>
internal readonly unsafe struct TernaryBits128 : IBitVector<Vector128<ulong>>
{
    public static int Bytes => 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> Load(byte* from) => Vector128.Load((ulong*)from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(byte* to, Vector128<ulong> vector) => vector.Store((ulong*)to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> Not(Vector128<ulong> a) => ~a;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> And(Vector128<ulong> a, Vector128<ulong> b) => a & b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> Xor(Vector128<ulong> a, Vector128<ulong> b) => a ^ b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> Parity(Vector128<ulong> a, Vector128<ulong> b, Vector128<ulong> c) =>
        Avx512F.VL.TernaryLogic(a, b, c, TernaryBits.Parity);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> Majority(Vector128<ulong> a, Vector128<ulong> b, Vector128<ulong> c) =>
        Avx512F.VL.TernaryLogic(a, b, c, TernaryBits.Majority);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> Carry(Vector128<ulong> a, Vector128<ulong> b, Vector128<ulong> sum) =>
        Avx512F.VL.TernaryLogic(a, b, sum, TernaryBits.Carry);
}

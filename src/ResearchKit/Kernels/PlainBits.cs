using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ResearchKit.Kernels;

/// <summary>256 bits.</summary>
internal readonly unsafe struct PlainBits256 : IBitVector<Vector256<ulong>>
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
    public static Vector256<ulong> Parity(Vector256<ulong> a, Vector256<ulong> b, Vector256<ulong> c) => a ^ b ^ c;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> Majority(Vector256<ulong> a, Vector256<ulong> b, Vector256<ulong> c) => (a & b) | (c & (a ^ b));

    // Where a and b differ, the sum is the complement of the carry.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> Carry(Vector256<ulong> a, Vector256<ulong> b, Vector256<ulong> sum) => a ^ ((a ^ b) & ~(a ^ sum));
}

/// <summary>128 bits.</summary>
internal readonly unsafe struct PlainBits128 : IBitVector<Vector128<ulong>>
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
    public static Vector128<ulong> Parity(Vector128<ulong> a, Vector128<ulong> b, Vector128<ulong> c) => a ^ b ^ c;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> Majority(Vector128<ulong> a, Vector128<ulong> b, Vector128<ulong> c) => (a & b) | (c & (a ^ b));

    // Where a and b differ, the sum is the complement of the carry.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> Carry(Vector128<ulong> a, Vector128<ulong> b, Vector128<ulong> sum) => a ^ ((a ^ b) & ~(a ^ sum));
}

/// <summary>64 bits.</summary>
internal readonly unsafe struct PlainBits64 : IBitVector<ulong>
{
    public static int Bytes => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Load(byte* from) => *(ulong*)from;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(byte* to, ulong vector) => *(ulong*)to = vector;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Not(ulong a) => ~a;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong And(ulong a, ulong b) => a & b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Xor(ulong a, ulong b) => a ^ b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Parity(ulong a, ulong b, ulong c) => a ^ b ^ c;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Majority(ulong a, ulong b, ulong c) => (a & b) | (c & (a ^ b));

    // Where a and b differ, the sum is the complement of the carry.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Carry(ulong a, ulong b, ulong sum) => a ^ ((a ^ b) & ~(a ^ sum));
}

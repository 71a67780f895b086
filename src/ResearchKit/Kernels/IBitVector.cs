namespace ResearchKit.Kernels;

/// <summary>Bits side by side in a vector <typeparamref name="T"/>, and the logic by which they are counted.</summary>
internal unsafe interface IBitVector<T> where T : unmanaged
{
    /// <summary>Size of a vector.</summary>
    static abstract int Bytes { get; }

    static abstract T Load(byte* from);

    static abstract void Store(byte* to, T vector);

    static abstract T Not(T a);

    static abstract T And(T a, T b);

    static abstract T Xor(T a, T b);

    /// <summary>a ^ b ^ c: the sum bit of a full adder.</summary>
    static abstract T Parity(T a, T b, T c);

    /// <summary>Where two or more of three are set: the carry of a full adder.</summary>
    static abstract T Majority(T a, T b, T c);

    /// <summary>The carry of a full adder of a, b and c, from a, b and its sum a ^ b ^ c: so that c need not be kept.</summary>
    static abstract T Carry(T a, T b, T sum);
}

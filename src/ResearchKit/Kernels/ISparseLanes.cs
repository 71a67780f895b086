namespace ResearchKit.Kernels;

/// <summary>Floats side by side in a vector <typeparamref name="T"/>. Products are always fused with their additions, so that all widths round alike.</summary>
internal unsafe interface ISparseLanes<T> where T : unmanaged
{
    /// <summary>Floats in a vector.</summary>
    static abstract int Count { get; }

    static abstract T Load(float* from);

    static abstract void Store(float* to, T vector);

    /// <summary>The same number in all lanes.</summary>
    static abstract T Broadcast(float value);

    /// <summary>a * b + c, rounded once.</summary>
    static abstract T MultiplyAdd(T a, T b, T c);
}

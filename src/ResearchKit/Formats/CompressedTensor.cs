namespace ResearchKit.Formats;

/// <summary>
/// A tensor of a <see cref="CompressedModelFile"/>: all values, the non-zero values, codes of the non-zero values, or signs.
/// </summary>
/// <param name="Name">Name as in the network's state dictionary, such as <c>ip1.weight</c>.</param>
/// <param name="Shape">Sizes of the dimensions; values lie in C order (last dimension contiguous).</param>
public abstract record CompressedTensor(string Name, long[] Shape)
{
    /// <summary>The number of values: the product of the shape.</summary>
    /// <exception cref="ArgumentException">A dimension is not positive, or there are more than 2^31 - 1 values.</exception>
    public int Length => CheckedLength(Shape);

    /// <summary>All values, pruned ones as 0.</summary>
    /// <exception cref="InvalidDataException">Codes, gaps and shape do not belong together.</exception>
    public abstract float[] ToDense();

    internal static int CheckedLength(ReadOnlySpan<long> shape)
    {
        long length = 1;
        foreach (var size in shape)
        {
            if (size < 1 || length * size > int.MaxValue || size > int.MaxValue)
                throw new ArgumentException(
                    $"Shape [{string.Join(", ", shape.ToArray())}]: sizes are positive with a product of at most 2^31 - 1.",
                    nameof(shape));
            length *= size;
        }

        return (int)length;
    }

    private protected void CheckSpan(ReadOnlySpan<byte> gaps)
    {
        var span = RelativeIndex.Span(gaps);
        if (span > Length)
            throw new InvalidDataException(
                $"Tensor '{Name}': the last entry is at position {span - 1}, but there are {Length} weights.");
    }
}

/// <summary>A tensor with all of its values, such as a bias: neither pruned nor quantised.</summary>
/// <param name="Name">As <see cref="CompressedTensor"/>.</param>
/// <param name="Shape">As <see cref="CompressedTensor"/>.</param>
/// <param name="Values">As many values as the shape has.</param>
public sealed record DenseTensor(string Name, long[] Shape, float[] Values) : CompressedTensor(Name, Shape)
{
    /// <inheritdoc/>
    public override float[] ToDense() => Values.Length == Length
        ? [.. Values]
        : throw new InvalidDataException($"Tensor '{Name}' has {Values.Length} values for a shape of {Length}.");
}

/// <summary>
/// A pruned tensor: its non-zero values with relative indices, arXiv:1510.00149, Sec. 2. A filler entry has the value 0.
/// </summary>
/// <param name="Name">As <see cref="CompressedTensor"/>.</param>
/// <param name="Shape">As <see cref="CompressedTensor"/>.</param>
/// <param name="IndexBits">Width of a gap, 1 to 8.</param>
/// <param name="Gaps">For each entry the number of zeros before it, as <see cref="RelativeIndex"/> has them.</param>
/// <param name="Values">The value of each entry.</param>
public sealed record PrunedTensor(
    string Name, long[] Shape, int IndexBits, byte[] Gaps, float[] Values)
    : CompressedTensor(Name, Shape)
{
    /// <summary>Keeps the values that are not zero.</summary>
    /// <exception cref="ArgumentException">Shape and values do not belong together.</exception>
    public static PrunedTensor FromDense(string name, long[] shape, ReadOnlySpan<float> weights, int indexBits)
    {
        if (CheckedLength(shape) != weights.Length)
            throw new ArgumentException(
                $"Tensor '{name}' has {weights.Length} values for a shape of {CheckedLength(shape)}.", nameof(weights));
        var positions = new List<int>();
        for (var i = 0; i < weights.Length; i++)
            if (weights[i] != 0) positions.Add(i);
        var ascending = positions.ToArray();
        var (gaps, sources) = RelativeIndex.Encode(ascending, indexBits);
        var values = new float[sources.Length];
        for (var i = 0; i < values.Length; i++)
            if (sources[i] >= 0) values[i] = weights[ascending[sources[i]]];
        return new(name, shape, indexBits, gaps, values);
    }

    /// <inheritdoc/>
    public override float[] ToDense()
    {
        if (Gaps.Length != Values.Length)
            throw new InvalidDataException($"Tensor '{Name}' has {Gaps.Length} gaps for {Values.Length} values.");
        CheckSpan(Gaps);
        var dense = new float[Length];
        var position = -1;
        for (var i = 0; i < Gaps.Length; i++) dense[position += Gaps[i] + 1] = Values[i];
        return dense;
    }
}

/// <summary>
/// A pruned tensor whose weights share the values of a codebook, arXiv:1510.00149, Sec. 3. Code 0 is the filler's: codebook[0]
/// is 0, so that <see cref="CodeBits"/> bits leave 2^bits - 1 centroids for weights, as in the authors' released files.
/// </summary>
/// <param name="Name">As <see cref="CompressedTensor"/>.</param>
/// <param name="Shape">As <see cref="CompressedTensor"/>.</param>
/// <param name="CodeBits">Width of a code, 1 to 8.</param>
/// <param name="IndexBits">Width of a gap, 1 to 8.</param>
/// <param name="Codebook">At most 2^CodeBits values; the first is 0.</param>
/// <param name="Codes">For each entry the number of its value in the codebook.</param>
/// <param name="Gaps">For each entry the number of zeros before it, as <see cref="RelativeIndex"/> has them.</param>
public sealed record QuantizedTensor(
    string Name, long[] Shape, int CodeBits, int IndexBits, float[] Codebook, byte[] Codes, byte[] Gaps)
    : CompressedTensor(Name, Shape)
{
    /// <summary>Codes weights by the number of their centroid.</summary>
    /// <param name="name">As <see cref="CompressedTensor"/>.</param>
    /// <param name="shape">As <see cref="CompressedTensor"/>.</param>
    /// <param name="centroids">The shared values, at most 2^codeBits - 1, without the filler's 0.</param>
    /// <param name="assignment">For each weight the number of its centroid, or -1 for a pruned weight.</param>
    /// <param name="codeBits">Width of a code, 1 to 8.</param>
    /// <param name="indexBits">Width of a gap, 1 to 8.</param>
    /// <exception cref="ArgumentException">Too many centroids, an assignment without centroid, or a wrong number of
    /// weights.</exception>
    public static QuantizedTensor FromAssignment(
        string name, long[] shape, ReadOnlySpan<float> centroids, ReadOnlySpan<int> assignment, int codeBits, int indexBits)
    {
        RelativeIndex.CheckBits(codeBits);
        if (centroids.Length >= 1 << codeBits)
        {
            throw new ArgumentException(
                $"Tensor '{name}': {codeBits} bits code {(1 << codeBits) - 1} centroids and the filler, not {centroids.Length}.",
                nameof(centroids));
        }

        if (CheckedLength(shape) != assignment.Length)
            throw new ArgumentException(
                $"Tensor '{name}' has {assignment.Length} weights for a shape of {CheckedLength(shape)}.", nameof(assignment));
        var positions = new List<int>();
        for (var i = 0; i < assignment.Length; i++)
        {
            if (assignment[i] < -1 || assignment[i] >= centroids.Length)
                throw new ArgumentException(
                    $"Tensor '{name}': weight {i} is assigned to centroid {assignment[i]} of {centroids.Length}.",
                    nameof(assignment));
            if (assignment[i] >= 0) positions.Add(i);
        }

        var ascending = positions.ToArray();
        var (gaps, sources) = RelativeIndex.Encode(ascending, indexBits);
        var codes = new byte[sources.Length];
        for (var i = 0; i < codes.Length; i++)
            if (sources[i] >= 0) codes[i] = (byte)(assignment[ascending[sources[i]]] + 1);
        return new(name, shape, codeBits, indexBits, [0, .. centroids], codes, gaps);
    }

    /// <inheritdoc/>
    public override float[] ToDense()
    {
        if (Gaps.Length != Codes.Length)
            throw new InvalidDataException($"Tensor '{Name}' has {Gaps.Length} gaps for {Codes.Length} codes.");
        CheckSpan(Gaps);
        if (Codebook.Length is 0 or > 256)
            throw new InvalidDataException($"Tensor '{Name}' has a codebook of {Codebook.Length} values, not of 1 to 256.");
        if (Codes.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)(Codebook.Length - 1)) is >= 0 and var wrong)
            throw new InvalidDataException(
                $"Tensor '{Name}': entry {wrong} has code {Codes[wrong]}, but the codebook has {Codebook.Length} values.");
        // A value for every byte, so that no code has to be checked again.
        Span<float> values = stackalloc float[256];
        Codebook.CopyTo(values);
        ReadOnlySpan<byte> codes = Codes, gaps = Gaps.AsSpan(0, Codes.Length);
        var dense = new float[Length];
        var position = -1;
        for (var i = 0; i < codes.Length; i++) dense[position += gaps[i] + 1] = values[codes[i]];
        return dense;
    }
}

/// <summary>
/// A binary tensor: a sign for each value, and a scale for each index of the first dimension, as XNOR-Net has one for each filter
/// (arXiv:1603.05279, Sec. 3.1).
/// </summary>
/// <param name="Name">As <see cref="CompressedTensor"/>.</param>
/// <param name="Shape">As <see cref="CompressedTensor"/>; at least one dimension.</param>
/// <param name="Scales">Scales of the first dimension's indices.</param>
/// <param name="Signs">A bit for each value, 1 for negative; the first in the lowest bit of the first byte, unused bits 0.</param>
public sealed record BinaryTensor(string Name, long[] Shape, float[] Scales, byte[] Signs) : CompressedTensor(Name, Shape)
{
    /// <summary>Keeps the sign of each value; 0 counts as positive.</summary>
    /// <exception cref="ArgumentException">Shape, scales and values do not belong together.</exception>
    public static BinaryTensor FromDense(string name, long[] shape, ReadOnlySpan<float> weights, float[] scales)
    {
        ArgumentNullException.ThrowIfNull(scales);
        if (CheckedLength(shape) != weights.Length || shape.Length == 0 || scales.Length != shape[0])
            throw new ArgumentException($"Tensor '{name}' has {weights.Length} values and {scales.Length} scales for a shape of [{string.Join(", ", shape)}].", nameof(weights));
        var signs = new byte[BitPacking.Bytes(weights.Length, 1)];
        for (var i = 0; i < weights.Length; i++)
            signs[i / 8] |= (byte)(weights[i] >= 0 ? 0 : 1 << (i % 8));
        return new(name, shape, scales, signs);
    }

    /// <inheritdoc/>
    public override float[] ToDense()
    {
        if (Shape.Length == 0 || Scales.Length != Shape[0] || Signs.Length != BitPacking.Bytes(Length, 1))
            throw new InvalidDataException($"Tensor '{Name}' has {Scales.Length} scales and {Signs.Length} bytes of signs for a shape of [{string.Join(", ", Shape)}].");
        var dense = new float[Length];
        var each = dense.Length / Scales.Length;
        for (var i = 0; i < dense.Length; i++)
            dense[i] = (Signs[i / 8] >> i % 8 & 1) == 0 ? Scales[i / each] : -Scales[i / each];
        return dense;
    }
}

namespace ResearchKit.Kernels;

/// <summary>Writes sums of codes as they are, [batch, pixels, filters].</summary>
internal readonly unsafe struct CodeSums(int area, int filtersInAll, int* output) : ISumSink
{
    public void Take(int image, int pixel, int pixels, int filter, int filters, int* sums, int stride)
    {
        for (var i = 0; i < pixels; i++, sums += stride)
            new Span<int>(sums, filters).CopyTo(new(output + ((long)image * area + pixel + i) * filtersInAll + filter, filters));
    }
}

namespace ResearchKit.Kernels;

/// <summary>Writes dot products of signs as they are, [batch, pixels, filters].</summary>
internal readonly unsafe struct PlainSums(SignSums dots, int* output) : ISumSink
{
    public void Take(int image, int pixel, int pixels, int filter, int filters, int* sums, int stride)
    {
        for (var i = 0; i < pixels; i++, sums += stride)
        {
            dots.Convert(pixel + i, filter, filters, sums);
            new Span<int>(sums, filters).CopyTo(new(output + ((long)image * dots.Pixels + pixel + i) * dots.Filters + filter, filters));
        }
    }
}

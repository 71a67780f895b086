namespace ResearchKit.Kernels;

/// <summary>What becomes of the sums of a <see cref="BitConvolution"/>.</summary>
internal unsafe interface ISumSink
{
    /// <summary>Takes the sums of up to 16 neighbouring pixels of one image, for a block of filters.</summary>
    /// <param name="image">Number in the batch.</param>
    /// <param name="pixel">The first pixel of the output, row by row.</param>
    /// <param name="pixels">Number of pixels.</param>
    /// <param name="filter">The first filter.</param>
    /// <param name="filters">Number of filters.</param>
    /// <param name="sums">[pixels, stride], may be overwritten.</param>
    /// <param name="stride">From one pixel to the next.</param>
    void Take(int image, int pixel, int pixels, int filter, int filters, int* sums, int stride);
}

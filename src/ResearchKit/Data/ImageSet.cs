namespace ResearchKit.Data;

/// <summary>Labelled images as bytes.</summary>
/// <param name="Name">The name of the data set and the part, such as <c>mnist train</c>.</param>
/// <param name="Count">The number of images, N.</param>
/// <param name="Channels">The channels, C: 1 for grey, 3 for red, green, blue.</param>
/// <param name="Height">Rows of pixels, H.</param>
/// <param name="Width">Pixels in a row, W.</param>
/// <param name="Pixels">The values 0 to 255 as [N, C, H, W], the last index running fastest.</param>
/// <param name="Labels">The class of each image, [N], an index into <paramref name="ClassNames"/>.</param>
/// <param name="ClassNames">The names of the classes.</param>
public sealed record ImageSet(string Name, int Count, int Channels, int Height, int Width, byte[] Pixels, int[] Labels,
    string[] ClassNames)
{
    /// <summary>The bytes of one image, C x H x W.</summary>
    public int ImageBytes => Channels * Height * Width;

    /// <summary>One image, [C, H, W].</summary>
    public ReadOnlySpan<byte> Image(int index) => Pixels.AsSpan(index * ImageBytes, ImageBytes);

    /// <summary>A copy of the images at <paramref name="indices"/>, in that order.</summary>
    public ImageSet Select(ReadOnlySpan<int> indices, string name)
    {
        var pixels = GC.AllocateUninitializedArray<byte>(checked(indices.Length * ImageBytes));
        var labels = new int[indices.Length];
        for (var i = 0; i < indices.Length; i++)
        {
            Image(indices[i]).CopyTo(pixels.AsSpan(i * ImageBytes));
            labels[i] = Labels[indices[i]];
        }
        return this with { Name = name, Count = indices.Length, Pixels = pixels, Labels = labels };
    }

    /// <summary>A copy of so many of the images, drawn without replacement. A larger draw with the same seed begins with a smaller one.</summary>
    /// <param name="count">How many; all of them where there are fewer.</param>
    /// <param name="seed">Of the draw.</param>
    /// <param name="name">Of the part.</param>
    public ImageSet Draw(int count, int seed, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return Select(SplitMix64.Permutation(Count, (ulong)seed, 0).AsSpan(0, Math.Min(count, Count)), name);
    }

    /// <summary>A copy of these images followed by those of <paramref name="other"/>, which must be of the same form.</summary>
    /// <exception cref="ArgumentException">The images differ in channels or size.</exception>
    public ImageSet Concat(ImageSet other, string name)
    {
        if ((Channels, Height, Width) != (other.Channels, other.Height, other.Width))
            throw new ArgumentException($"{Name} has images of {Channels}x{Height}x{Width}, {other.Name} of "
                + $"{other.Channels}x{other.Height}x{other.Width}.", nameof(other));
        return this with { Name = name, Count = Count + other.Count, Pixels = [.. Pixels, .. other.Pixels], Labels = [.. Labels, .. other.Labels] };
    }

    /// <summary>
    /// Mean and standard deviation (over all pixels, divisor N x H x W) of each channel, on the scale where 255 is 1. Counted from
    /// histograms, hence exact before the last division. Goes over all pixels at each call: about 0.1 s for CIFAR-10.
    /// </summary>
    public ChannelStatistics ChannelStatistics()
    {
        var area = Height * Width;
        // Four histograms in turn, as neighbouring pixels are often alike and would wait for each other's count.
        var counts = new long[Channels, 4, 256];
        for (var image = 0; image < Count; image++)
        {
            for (var channel = 0; channel < Channels; channel++)
            {
                var plane = Pixels.AsSpan((image * Channels + channel) * area, area);
                for (var i = 0; i < plane.Length; i++)
                    counts[channel, i & 3, plane[i]]++;
            }
        }
        var n = (double)Count * area;
        var mean = new double[Channels];
        var std = new double[Channels];
        for (var channel = 0; channel < Channels; channel++)
        {
            long sum = 0, squares = 0;
            for (var value = 0; value < 256; value++)
            {
                var count = counts[channel, 0, value] + counts[channel, 1, value] + counts[channel, 2, value] + counts[channel, 3, value];
                sum += count * value;
                squares += count * value * value;
            }
            mean[channel] = sum / n / 255;
            std[channel] = Math.Sqrt(squares / n - sum / n * (sum / n)) / 255;
        }
        return new ChannelStatistics(mean, std);
    }
}

/// <summary>What normalisation subtracts and divides by.</summary>
/// <param name="Mean">The mean of each channel, [C], on the scale where 255 is 1.</param>
/// <param name="Std">The standard deviation of each channel, [C], on the same scale.</param>
public sealed record ChannelStatistics(double[] Mean, double[] Std);

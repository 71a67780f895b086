using ResearchKit.Data;

namespace ResearchKit.Models;

/// <summary>How pixels become what a network was trained on: (value / 255 - mean) / std for each channel.</summary>
/// <param name="Name">Such as <c>imagenet</c>, or the numbers.</param>
/// <param name="Statistics">Mean and deviation of each channel in the network's order, on the scale where 255 is 1.</param>
/// <param name="BlueFirst">Whether the network takes blue, green, red, as Caffe's do.</param>
public sealed record Normalisation(string Name, ChannelStatistics Statistics, bool BlueFirst = false)
{
    /// <summary>What asks for the statistics of the data set's own training images, as <c>kit train</c> uses them.</summary>
    public const string OfData = "data";

    /// <summary>The statistics of ImageNet that torchvision's networks and many others use, also on other data.</summary>
    public static Normalisation ImageNet { get; } = new("imagenet", new([0.485, 0.456, 0.406], [0.229, 0.224, 0.225]));

    /// <summary>Caffe's: values 0 to 255 in the order blue, green, red, less 104, 117, 123.</summary>
    public static Normalisation Caffe { get; } = new("caffe", new([104 / 255.0, 117 / 255.0, 123 / 255.0], [1 / 255.0, 1 / 255.0, 1 / 255.0]), BlueFirst: true);

    /// <summary>
    /// Reads <c>imagenet</c>, <c>caffe</c>, or numbers on the scale where 255 is 1: means, a slash, deviations, such as
    /// <c>0.5,0.5,0.5/0.25,0.25,0.25</c>. <see cref="OfData"/> gives null.
    /// </summary>
    /// <exception cref="ArgumentException">It is none of these.</exception>
    public static Normalisation? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text == OfData)
            return null;
        if (new[] { ImageNet, Caffe }.FirstOrDefault(n => n.Name == text) is { } known)
            return known;
        double[][] numbers = [.. text.Split('/').Select(side => side.Split(',').Select(n => double.TryParse(n, out var v) ? v : double.NaN).ToArray())];
        return numbers is [var mean, var std] && mean.Length == std.Length && mean.Concat(std).All(double.IsFinite) && std.All(s => s > 0)
            ? new(text, new(mean, std))
            : throw new ArgumentException($"'{text}' is no normalisation: give {OfData}, {ImageNet.Name}, {Caffe.Name}, or means and deviations such as "
                + "0.5,0.5,0.5/0.25,0.25,0.25.", nameof(text));
    }

    /// <summary>The images with their channels in the network's order.</summary>
    /// <exception cref="ArgumentException">The images have another number of channels.</exception>
    public ImageSet Arrange(ImageSet images)
    {
        ArgumentNullException.ThrowIfNull(images);
        if (images.Channels != Statistics.Mean.Length)
            throw new ArgumentException($"The normalisation '{Name}' is for {Statistics.Mean.Length} channels, but {images.Name} has {images.Channels}.", nameof(images));
        if (!BlueFirst)
            return images;
        var pixels = GC.AllocateUninitializedArray<byte>(images.Pixels.Length);
        var area = images.Height * images.Width;
        for (var plane = 0; plane < images.Count * images.Channels; plane += images.Channels)
        {
            for (var c = 0; c < images.Channels; c++)
                images.Pixels.AsSpan((plane + c) * area, area).CopyTo(pixels.AsSpan((plane + images.Channels - 1 - c) * area));
        }
        return images with { Pixels = pixels };
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

namespace ResearchKit.Models;

/// <summary>A file of weights that its makers published, known by its content, and what it expects of its input.</summary>
/// <param name="Sha256">Of the file, in hexadecimal digits.</param>
/// <param name="Title">Who made it, and what it is.</param>
/// <param name="Normalisation">What it was trained with, as its makers say.</param>
public sealed record PublishedWeights(string Sha256, string Title, Normalisation Normalisation)
{
    /// <summary>The ones that were trained with another normalisation than the network's usual one, or may be loaded into a variant of it.</summary>
    public static IReadOnlyList<PublishedWeights> All { get; } =
    [
        new("12fca82f0bebc4135bf1f32f6e3710e61d5108578464b84fd6d7f5c1b04036c8", "Yerlan Idelbayev's ResNet-20 for CIFAR-10", Normalisation.ImageNet),
        new("4bfd97631478d6b638d2764fd2baff3edb1d7d82252d54439343b6596b9b5367", "Yerlan Idelbayev's ResNet-56 for CIFAR-10", Normalisation.ImageNet),
        new("e4ab6960ae8cd81505e1c2136921201507e930966c53deaf15862a395b3a3261", "Song Han's compressed SqueezeNet", Normalisation.Caffe),
    ];

    /// <summary>The file of that checksum, or null.</summary>
    public static PublishedWeights? Find(string sha256) => All.FirstOrDefault(w => w.Sha256 == sha256);
}

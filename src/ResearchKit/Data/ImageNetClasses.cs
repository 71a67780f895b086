namespace ResearchKit.Data;

/// <summary>The 1,000 classes of ILSVRC-2012 in the usual order, in which networks trained on it number their outputs.</summary>
public static class ImageNetClasses
{
    static readonly (string Id, string Name)[] Classes = Read();
    static readonly Dictionary<string, int> Indices = Classes.Index().ToDictionary(c => c.Item.Id, c => c.Index);

    /// <summary>The WordNet identifiers, such as <c>n01440764</c>, by class.</summary>
    public static IReadOnlyList<string> Ids { get; } = [.. Classes.Select(c => c.Id)];

    /// <summary>The names in English, by class; two of them occur twice.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Classes.Select(c => c.Name)];

    /// <summary>The class of a WordNet identifier, or -1 if it is none of the 1,000.</summary>
    public static int IndexOf(string id) => Indices.GetValueOrDefault(id, -1);

    /// <summary>
    /// The same images with labels among all 1,000 classes, so that a network with 1,000 outputs can be scored on a subset whose classes
    /// are named by their identifiers. The pixels are shared.
    /// </summary>
    /// <exception cref="ArgumentException">A class of the set is not named by an identifier of ILSVRC-2012.</exception>
    public static ImageSet Relabel(ImageSet images)
    {
        ArgumentNullException.ThrowIfNull(images);
        var indices = Array.ConvertAll(images.ClassNames, IndexOf);
        if (Array.IndexOf(indices, -1) is >= 0 and var stranger)
            throw new ArgumentException($"{images.Name}: the class '{images.ClassNames[stranger]}' is none of the 1,000 of ImageNet; its "
                + "folder must be named by the WordNet identifier, such as n01440764.", nameof(images));
        return images with { Labels = Array.ConvertAll(images.Labels, label => indices[label]), ClassNames = [.. Names] };
    }

    static (string, string)[] Read()
    {
        using var stream = typeof(ImageNetClasses).Assembly.GetManifestResourceStream("imagenet-classes.tsv")!;
        using var reader = new StreamReader(stream);
        // index, identifier, name; in the order of the index, under a line of titles
        var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1);
        return [.. lines.Select(line => line.Split('\t')).Select(fields => (fields[1], fields[2]))];
    }
}

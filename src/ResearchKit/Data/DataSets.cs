namespace ResearchKit.Data;

/// <summary>The data sets by name: fetched and verified at first use, afterwards read from the cache.</summary>
public static class DataSets
{
    // The entry of the catalog that holds the files, and what reads them.
    static readonly Dictionary<string, (string Entry, Func<CachedEntry, DataSet> Read)> Readers = new()
    {
        ["mnist"] = ("mnist", Mnist.Read),
        ["cifar10"] = ("cifar10", Cifar10.Read),
        ["cifar100"] = ("cifar100", entry => Cifar100.Read(entry, "cifar100", Cifar100.Fine)),
        ["cifar100-coarse"] = ("cifar100", entry => Cifar100.Read(entry, "cifar100-coarse", Cifar100.Coarse)),
        ["digits"] = ("digits", Digits.Read),
        ["orl"] = ("orl", OrlFaces.Read),
    };

    static readonly Dictionary<string, Framing> Folders = new()
    {
        ["imagenette"] = Framing.ImageNet,
        // Its images have 224 x 224 pixels already.
        ["imagenette-subset"] = Framing.Square(224),
    };

    static readonly Dictionary<string, Func<DataSet>> Drawn = new()
    {
        ["shapes"] = () => Shapes.Draw(),
        ["shapes-rgb"] = () => Shapes.Draw(colour: true),
    };

    /// <summary>The names of the data sets.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Readers.Keys, .. Folders.Keys, .. Drawn.Keys];

    /// <summary>Loads a data set, from the cache if it is there.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="progress">Told about a fetch, ten times a second at most.</param>
    /// <param name="ct">Stops a fetch; what was downloaded is kept and resumed by the next one.</param>
    /// <exception cref="ArgumentException">The name is unknown; the message suggests the nearest.</exception>
    /// <exception cref="DataUnavailableException">No source gave the files; the message says why and what to do.</exception>
    /// <exception cref="InvalidDataException">A cached file was damaged; the message names it and says what to do.</exception>
    public static DataSet Load(string name, IProgress<DownloadProgress>? progress = null, CancellationToken ct = default) =>
        Load(name, DataCache.Default, progress, ct);

    /// <summary>Loads a data set with a cache of the caller's choice.</summary>
    /// <inheritdoc cref="Load(string, IProgress{DownloadProgress}?, CancellationToken)"/>
    public static DataSet Load(string name, DataCache cache, IProgress<DownloadProgress>? progress = null, CancellationToken ct = default)
    {
        if (Drawn.TryGetValue(name, out var draw))
            return draw();
        if (!Names.Contains(name))
            throw new ArgumentException(Spelling.Unknown("data set", name, [.. Names]), nameof(name));
        if (Readers.TryGetValue(name, out var reader))
            return reader.Read(cache.Fetch(Catalog.Default.Entry(reader.Entry), progress, ct));
        var entry = cache.Fetch(Catalog.Default.Entry(name), progress, ct);
        return Open(entry, ct).ReadDataSet(name, Folders[name], entry.Provenance, ct);
    }

    /// <summary>Whether <see cref="OpenImages"/> takes it: a data set that consists of image files, or the path of a folder or an archive.</summary>
    public static bool HasImages(string nameOrPath) =>
        Folders.ContainsKey(nameOrPath) || !Names.Contains(nameOrPath) && (Directory.Exists(nameOrPath) || File.Exists(nameOrPath));

    /// <summary>
    /// The image files of a data set or of a folder or archive of the user's own, not yet decoded, so that the caller chooses which of them
    /// at which size.
    /// </summary>
    /// <param name="nameOrPath">The name of a data set that consists of image files, such as <c>imagenette</c>, or a path.</param>
    /// <param name="progress">Told about a fetch, ten times a second at most.</param>
    /// <param name="ct">Stops a fetch; what was downloaded is kept and resumed by the next one.</param>
    /// <exception cref="DataUnavailableException">No source gave the files; the message says why and what to do.</exception>
    /// <exception cref="FileNotFoundException">It is neither such a name nor a path that exists.</exception>
    /// <exception cref="InvalidDataException">The folder or archive holds no images in folders of classes, or is damaged.</exception>
    public static ImageFolder OpenImages(string nameOrPath, IProgress<DownloadProgress>? progress = null, CancellationToken ct = default) =>
        Folders.ContainsKey(nameOrPath)
            ? Open(DataCache.Default.Fetch(Catalog.Default.Entry(nameOrPath), progress, ct), ct)
            : ImageFolder.Open(nameOrPath, ct);

    /// <summary>The files of a data set or asset of the catalog, such as <c>plotly.js</c>, from the cache or fetched.</summary>
    /// <inheritdoc cref="Load(string, IProgress{DownloadProgress}?, CancellationToken)"/>
    public static CachedEntry Fetch(string name, IProgress<DownloadProgress>? progress = null, CancellationToken ct = default) =>
        DataCache.Default.Fetch(Catalog.Default.Entry(name), progress, ct);

    static ImageFolder Open(CachedEntry entry, CancellationToken ct) => ImageFolder.Open(entry.PathOf(entry.Entry.Files[0].Name), ct);

    /// <summary>Reads all files of a cached data set or asset again and compares them with their checksums.</summary>
    /// <exception cref="ArgumentException">The name is unknown; the message suggests the nearest.</exception>
    /// <exception cref="InvalidDataException">A file differs; the message says how to fetch it again.</exception>
    /// <exception cref="FileNotFoundException">It is not in the cache.</exception>
    public static CachedEntry Verify(string name, CancellationToken ct = default) =>
        DataCache.Default.Verify(Catalog.Default.Entry(name), ct);
}

namespace ResearchKit.Data;

/// <summary>CIFAR-10 in its published binary form, 10,000 records a file.</summary>
static class Cifar10
{
    const int ValidationImages = 5000;

    public static CifarRecords Records { get; } =
        new(["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"]);

    public static DataSet Read(CachedEntry entry)
    {
        var files = entry.Entry.Files.Select(f => Path.Combine(entry.Folder, f.Name)).ToArray();
        // The labels decide where each image goes, so that the 150 MB of images are copied only once.
        var (train, validation) = Split.Stratified(Records.ReadLabels(files[..^1]), ValidationImages);
        return new DataSet("cifar10", Records.Read("cifar10 train", files[..^1], train),
            Records.Read("cifar10 validation", files[..^1], validation), Records.Read("cifar10 test", files[^1..]), entry.Provenance,
            Synthetic: false);
    }
}

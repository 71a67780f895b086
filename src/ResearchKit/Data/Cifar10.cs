namespace ResearchKit.Data;

/// <summary>
/// CIFAR-10 in its published binary form: records of one label byte and 3,072 pixel bytes, the red, green and blue planes of 32 x 32
/// in row-major order; 10,000 records a file.
/// </summary>
static class Cifar10
{
    const int Side = 32, Plane = Side * Side, ImageBytes = 3 * Plane, Record = 1 + ImageBytes, Records = 10_000, ValidationImages = 5000;
    static readonly string[] ClassNames =
        ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

    public static DataSet Read(CachedEntry entry)
    {
        var files = entry.Entry.Files.Select(f => Path.Combine(entry.Folder, f.Name)).ToArray();
        var (train, validation) = Split.Stratified(Read("cifar10", files[..^1]), "cifar10", ValidationImages);
        return new DataSet("cifar10", train, validation, Read("cifar10 test", files[^1..]), entry.Provenance, Synthetic: false);
    }

    /// <summary>Reads record files into one set, in their order.</summary>
    /// <exception cref="InvalidDataException">A file is not a whole number of records, or a label is not below 10.</exception>
    public static ImageSet Read(string name, string[] files)
    {
        var lengths = files.Select(f => new FileInfo(f).Length).ToArray();
        for (var i = 0; i < files.Length; i++)
        {
            if (lengths[i] % Record != 0)
                throw new InvalidDataException($"{files[i]}: {lengths[i]} bytes are not a whole number of records of {Record} bytes.");
        }
        var count = checked((int)(lengths.Sum() / Record));
        var pixels = GC.AllocateUninitializedArray<byte>(checked(count * ImageBytes));
        var labels = new byte[count];
        var buffer = GC.AllocateUninitializedArray<byte>(256 * Record);
        var image = 0;
        foreach (var file in files)
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            long offset = 0;
            for (int read; (read = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)) > 0;)
            {
                for (var at = 0; at + Record <= read; at += Record, image++, offset += Record)
                {
                    labels[image] = buffer[at] < ClassNames.Length ? buffer[at]
                        : throw new InvalidDataException($"{file}: byte {offset}: label {buffer[at]} in a set of {ClassNames.Length} classes.");
                    buffer.AsSpan(at + 1, ImageBytes).CopyTo(pixels.AsSpan(image * ImageBytes));
                }
            }
        }
        return new ImageSet(name, count, 3, Side, Side, pixels, labels, [.. ClassNames]);
    }
}

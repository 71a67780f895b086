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
        // The labels decide where each image goes, so that the 150 MB of images are copied only once.
        var (train, validation) = Split.Stratified(ReadLabels(files[..^1]), ValidationImages);
        return new DataSet("cifar10", Read("cifar10 train", files[..^1], train), Read("cifar10 validation", files[..^1], validation),
            Read("cifar10 test", files[^1..]), entry.Provenance, Synthetic: false);
    }

    /// <summary>Reads record files, in their order, into one set.</summary>
    /// <param name="name">The name of the set.</param>
    /// <param name="files">The files.</param>
    /// <param name="wanted">The indices of the images to take, in rising order, or null for all.</param>
    /// <exception cref="InvalidDataException">A file is not a whole number of records, or a label is not below 10.</exception>
    public static ImageSet Read(string name, string[] files, int[]? wanted = null)
    {
        var count = wanted?.Length ?? Count(files);
        var pixels = GC.AllocateUninitializedArray<byte>(checked(count * ImageBytes));
        var labels = new int[count];
        var taken = 0;
        ForEachRecord(files, (index, record) =>
        {
            if (taken == count || wanted is not null && wanted[taken] != index)
                return;
            labels[taken] = record[0];
            record[1..].CopyTo(pixels.AsSpan(taken * ImageBytes));
            taken++;
        });
        return new ImageSet(name, count, 3, Side, Side, pixels, labels, [.. ClassNames]);
    }

    /// <summary>Reads the labels alone.</summary>
    /// <inheritdoc cref="Read(string, string[], int[])"/>
    public static int[] ReadLabels(string[] files)
    {
        var labels = new int[Count(files)];
        ForEachRecord(files, (index, record) => labels[index] = record[0]);
        return labels;
    }

    static int Count(string[] files) => checked((int)files.Sum(file => new FileInfo(file).Length / Record));

    static void ForEachRecord(string[] files, Action<int, ReadOnlySpan<byte>> use)
    {
        var buffer = new byte[64 * Record];
        var index = 0;
        foreach (var file in files)
        {
            using var handle = File.OpenHandle(file, options: FileOptions.SequentialScan);
            var length = RandomAccess.GetLength(handle);
            if (length % Record != 0)
                throw new InvalidDataException($"{file}: {length} bytes are not a whole number of records of {Record} bytes.");
            for (long offset = 0; offset < length;)
            {
                var whole = RandomAccess.Read(handle, buffer, offset) / Record * Record;
                if (whole == 0)
                    throw new InvalidDataException($"{file}: the file shrank to {offset} bytes while it was read.");
                for (var at = 0; at < whole; at += Record, offset += Record)
                {
                    if (buffer[at] >= ClassNames.Length)
                        throw new InvalidDataException($"{file}: byte {offset}: label {buffer[at]} in a set of {ClassNames.Length} classes.");
                    use(index++, buffer.AsSpan(at, Record));
                }
            }
        }
    }
}

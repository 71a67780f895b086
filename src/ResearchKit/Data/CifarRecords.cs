namespace ResearchKit.Data;

/// <summary>
/// The published binary form of CIFAR: records of one or two label bytes and 3,072 pixel bytes, the red, green and blue planes of 32 x 32
/// in row-major order.
/// </summary>
/// <param name="ClassNames">The names of the classes that the label numbers.</param>
/// <param name="LabelBytes">The label bytes of a record.</param>
/// <param name="LabelAt">Which of them is the label.</param>
sealed record CifarRecords(string[] ClassNames, int LabelBytes = 1, int LabelAt = 0)
{
    const int Side = 32, ImageBytes = 3 * Side * Side;

    int Record => LabelBytes + ImageBytes;

    /// <summary>Reads record files, in their order, into one set.</summary>
    /// <param name="name">The name of the set.</param>
    /// <param name="files">The files.</param>
    /// <param name="wanted">The indices of the images to take, in rising order, or null for all.</param>
    /// <exception cref="InvalidDataException">A file is not a whole number of records, or a label stands for no class.</exception>
    public ImageSet Read(string name, string[] files, int[]? wanted = null)
    {
        var count = wanted?.Length ?? Count(files);
        var pixels = GC.AllocateUninitializedArray<byte>(checked(count * ImageBytes));
        var labels = new int[count];
        var taken = 0;
        ForEachRecord(files, (index, record) =>
        {
            if (taken == count || wanted is not null && wanted[taken] != index)
                return;
            labels[taken] = record[LabelAt];
            record[LabelBytes..].CopyTo(pixels.AsSpan(taken * ImageBytes));
            taken++;
        });
        return new ImageSet(name, count, 3, Side, Side, pixels, labels, [.. ClassNames]);
    }

    /// <summary>Reads the labels alone.</summary>
    /// <inheritdoc cref="Read(string, string[], int[])"/>
    public int[] ReadLabels(string[] files)
    {
        var labels = new int[Count(files)];
        ForEachRecord(files, (index, record) => labels[index] = record[LabelAt]);
        return labels;
    }

    int Count(string[] files) => checked((int)files.Sum(file => new FileInfo(file).Length / Record));

    void ForEachRecord(string[] files, Action<int, ReadOnlySpan<byte>> use)
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
                    if (buffer[at + LabelAt] is var label && label >= ClassNames.Length)
                        throw new InvalidDataException($"{file}: byte {offset + LabelAt}: label {label} in a set of {ClassNames.Length} classes.");
                    use(index++, buffer.AsSpan(at, Record));
                }
            }
        }
    }
}

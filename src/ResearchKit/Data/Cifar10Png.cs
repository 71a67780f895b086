using System.Text.Json;
using ResearchKit.Formats;

namespace ResearchKit.Data;

/// <summary>
/// Re-lays CIFAR-10 from an archive of lossless PNGs in which row i is image i, its 32 x 32 red-green-blue pixels in row-major
/// order, with the labels as two JSON arrays, into the published binary records.
/// </summary>
static class Cifar10Png
{
    const int Plane = 32 * 32, Record = 1 + 3 * Plane;
    // The names are the archive's own.
    const string TrainLabels = "train_lables.json", TestLabels = "test_lables.json", TestBatch = "test_batch.bin";

    /// <summary>Unpacks the source's archive in <paramref name="from"/> and writes the entry's files to <paramref name="to"/>.</summary>
    /// <exception cref="InvalidDataException">The archive, an image or the labels are damaged or of another form.</exception>
    public static void Unpack(CatalogEntry entry, CatalogSource source, string from, string to, CancellationToken ct)
    {
        var members = new Dictionary<string, byte[]>();
        string[] wanted = [.. entry.Files.Select(f => Path.ChangeExtension(f.Name, ".png")), TrainLabels, TestLabels];
        Archive.Extract(Path.Combine(from, source.Artifacts[0].Name), [.. wanted.Select(name => source.Folder + name)],
            (name, content) =>
            {
                using var bytes = new MemoryStream();
                content.CopyTo(bytes);
                members[name[source.Folder.Length..]] = bytes.ToArray();
            }, null, ct);

        var train = Labels(members[TrainLabels], TrainLabels);
        var test = Labels(members[TestLabels], TestLabels);
        var used = 0;
        foreach (var file in entry.Files)
        {
            ct.ThrowIfCancellationRequested();
            var name = Path.ChangeExtension(file.Name, ".png");
            var image = Png.Decode(members[name], name);
            var (labels, first) = file.Name == TestBatch ? (test, 0) : (train, used);
            var records = Relay(image, labels.AsSpan(Math.Min(first, labels.Length)), name);
            if (labels == train)
                used += image.Height;
            AtomicFile.Write(Path.Combine(to, file.Name), stream => stream.Write(records));
        }
    }

    /// <summary>Records of label, red, green and blue plane from the rows of <paramref name="image"/>.</summary>
    internal static byte[] Relay(DecodedImage image, ReadOnlySpan<byte> labels, string name)
    {
        if (image.Width != Plane || image.Channels != 3)
            throw new InvalidDataException($"{name}: {image.Width} pixels a row in {image.Channels} channels, expected {Plane} in 3.");
        if (labels.Length < image.Height)
            throw new InvalidDataException($"{name}: {image.Height} images and only {labels.Length} labels left.");
        var records = GC.AllocateUninitializedArray<byte>(image.Height * Record);
        for (var i = 0; i < image.Height; i++)
        {
            var pixels = image.Pixels.AsSpan(i * 3 * Plane, 3 * Plane);
            var record = records.AsSpan(i * Record, Record);
            record[0] = labels[i];
            for (var p = 0; p < Plane; p++)
            {
                record[1 + p] = pixels[3 * p];
                record[1 + Plane + p] = pixels[3 * p + 1];
                record[1 + 2 * Plane + p] = pixels[3 * p + 2];
            }
        }
        return records;
    }

    static byte[] Labels(byte[] json, string name)
    {
        try
        {
            // Numbers, as System.Text.Json takes byte[] for base64 text.
            return [.. JsonSerializer.Deserialize<int[]>(json)!.Select(label => checked((byte)label))];
        }
        catch (Exception e) when (e is JsonException or OverflowException or ArgumentNullException)
        {
            throw new InvalidDataException($"{name}: not a list of labels: {e.Message}", e);
        }
    }
}

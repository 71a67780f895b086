using ResearchKit.Formats;

namespace ResearchKit.Data;

/// <summary>
/// The ORL faces: <c>s1/1.pgm</c> to <c>s40/10.pgm</c>, ten pictures of each of 40 people in 92 x 112 pixels. They go about in several
/// archives, so the cache holds the pixels alone: 400 images of 112 rows of 92 bytes, by person and number.
/// </summary>
static class OrlFaces
{
    const int People = 40, Pictures = 10, Width = 92, Height = 112, ImageBytes = Width * Height;

    // As in most papers, the first five pictures of each person are for training; the last of those is held out for validation.
    const int TrainingPictures = 4, ValidationPictures = 1;

    /// <summary>Brings the pictures of the source's archive in <paramref name="from"/> into the entry's file in <paramref name="to"/>.</summary>
    /// <exception cref="InvalidDataException">The archive is damaged, lacks a picture, or one has another size.</exception>
    public static void Unpack(CatalogEntry entry, CatalogSource source, string from, string to, CancellationToken ct)
    {
        var places = Enumerable.Range(0, People * Pictures).ToDictionary(i => $"s{i / Pictures + 1}/{i % Pictures + 1}.pgm");
        var pixels = new byte[People * Pictures * ImageBytes];
        var archive = Path.Combine(from, source.Artifacts[0].Name);
        Archive.ForEach(archive, (name, content) =>
        {
            if (!places.Remove(string.Join('/', name.Split('/').TakeLast(2)), out var place))
                return;
            using var bytes = new MemoryStream();
            content.CopyTo(bytes);
            var image = Pgm.Decode(bytes.GetBuffer().AsSpan(0, (int)bytes.Length), name);
            if ((image.Width, image.Height) != (Width, Height))
                throw new InvalidDataException($"{name} has {image.Width} x {image.Height} pixels in the place of {Width} x {Height}");
            image.Pixels.CopyTo(pixels, place * ImageBytes);
        }, null, ct);
        if (places.Count > 0)
            throw new InvalidDataException($"{archive}: it lacks {string.Join(", ", places.Keys.Order(StringComparer.Ordinal))}.");
        AtomicFile.Write(Path.Combine(to, entry.Files[0].Name), stream => stream.Write(pixels));
    }

    public static DataSet Read(CachedEntry entry)
    {
        var path = entry.PathOf(entry.Entry.Files[0].Name);
        var pixels = File.ReadAllBytes(path);
        if (pixels.Length != People * Pictures * ImageBytes)
            throw new InvalidDataException($"{path}: has {pixels.Length} bytes in the place of {People * Pictures * ImageBytes}.");
        int[] places = [.. Enumerable.Range(0, People * Pictures)];
        var all = new ImageSet("orl", places.Length, 1, Height, Width, pixels, Array.ConvertAll(places, i => i / Pictures),
            [.. Enumerable.Range(1, People).Select(person => $"s{person}")]);
        ImageSet Part(string part, int first, int end) =>
            all.Select(Array.FindAll(places, i => i % Pictures >= first && i % Pictures < end), $"orl {part}");
        return new DataSet("orl", Part("train", 0, TrainingPictures),
            Part("validation", TrainingPictures, TrainingPictures + ValidationPictures),
            Part("test", TrainingPictures + ValidationPictures, Pictures), entry.Provenance, Synthetic: false);
    }
}

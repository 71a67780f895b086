using ResearchKit.Formats;

namespace ResearchKit.Data;

/// <summary>
/// Images in one folder for each class, as torchvision's <c>ImageFolder</c> expects them, perhaps under <c>train</c>, <c>val</c> and
/// <c>test</c> as in Imagenette; the whole may also lie in a .tar.gz or .zip archive, which is then read where it is. Opening lists the files;
/// they are decoded by <see cref="Read"/>.
/// </summary>
public sealed class ImageFolder
{
    static readonly string[] Parts = ["train", "val", "test"];
    static readonly string[] Extensions = [".jpg", ".jpeg", ".png"];
    const int MostImages = 2_000_000, LargestExpansion = 16;

    static readonly EnumerationOptions Everything =
        new() { RecurseSubdirectories = true, MaxRecursionDepth = 8, IgnoreInaccessible = false };

    ImageFolder(string path, IReadOnlyList<ImageFile> files)
    {
        (Location, Files) = (path, files);
        ClassNames = [.. files.Select(f => f.Class).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>The folder or archive.</summary>
    public string Location { get; }

    /// <summary>The names of the classes' folders in ordinal order: label c stands for the c-th.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>All images, in ordinal order of part, class and name.</summary>
    public IReadOnlyList<ImageFile> Files { get; }

    /// <summary>Whether all classes are named by identifiers of ImageNet, so that <see cref="ImageNetClasses.Relabel"/> applies.</summary>
    public bool IsImageNet => ClassNames.All(name => ImageNetClasses.IndexOf(name) >= 0);

    /// <summary>Lists the images in a folder or an archive.</summary>
    /// <exception cref="InvalidDataException">It holds no images in folders of classes, or the archive is damaged or hostile.</exception>
    /// <exception cref="IOException">It does not exist or cannot be read.</exception>
    public static ImageFolder Open(string path, CancellationToken ct = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var found = new List<(string[] Names, Func<byte[]> Load)>();
        if (Directory.Exists(path))
        {
            foreach (var file in Directory.EnumerateFiles(path, "*", Everything))
            {
                ct.ThrowIfCancellationRequested();
                if (IsImage(file))
                    found.Add((Path.GetRelativePath(path, file).Split('/'), () => File.ReadAllBytes(file)));
            }
        }
        else if (File.Exists(path))
        {
            // Images are compressed already: an archive of them that grows when it is unpacked was made to do so.
            var limits = new ArchiveLimits(MostImages, LargestExpansion);
            Archive.ForEach(path, (name, content) =>
            {
                if (!IsImage(name))
                    return;
                using var bytes = new MemoryStream();
                content.CopyTo(bytes);
                var image = bytes.ToArray();
                found.Add((name.Split('/'), () => image));
            }, limits, ct);
        }
        else
        {
            throw new FileNotFoundException($"There is no folder or archive '{path}'.", path);
        }
        return new ImageFolder(path, Arrange(found, path));
    }

    /// <summary>Decodes images and brings them to one size.</summary>
    /// <param name="name">The name of the set.</param>
    /// <param name="files">Those of <see cref="Files"/> that are wanted.</param>
    /// <param name="framing">The size, and how it is reached.</param>
    /// <param name="ct">Stops between two images.</param>
    /// <returns>Red, green and blue planes, [N, 3, Side, Side], in the order of <paramref name="files"/>.</returns>
    /// <exception cref="InvalidDataException">An image is damaged or of an unknown kind; the message names it.</exception>
    /// <exception cref="ArgumentException">The images together exceed what one set can hold, 2 GiB.</exception>
    public ImageSet Read(string name, IEnumerable<ImageFile> files, Framing framing, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(framing);
        var wanted = files.ToArray();
        var bytes = 3 * framing.Side * framing.Side;
        if ((long)wanted.Length * bytes > Array.MaxLength)
            throw new ArgumentException($"{wanted.Length} images of {framing.Side} x {framing.Side} pixels take more than 2 GiB; read them "
                + $"in several sets of at most {Array.MaxLength / bytes}.", nameof(files));
        var classes = ClassNames.Index().ToDictionary(c => c.Item, c => c.Index);
        var pixels = GC.AllocateUninitializedArray<byte>(wanted.Length * bytes);
        try
        {
            Parallel.For(0, wanted.Length, new ParallelOptions { CancellationToken = ct }, i =>
                framing.Apply(Decode(wanted[i].Load(), $"{Location}/{wanted[i]}")).CopyTo(pixels.AsSpan(i * bytes)));
        }
        catch (AggregateException e)
        {
            // The first of them in the caller's own terms; how many others there are depends on the number of threads.
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
        return new ImageSet(name, wanted.Length, 3, framing.Side, framing.Side, pixels, Array.ConvertAll(wanted, f => classes[f.Class]),
            [.. ClassNames]);
    }

    /// <summary>
    /// The whole as a data set: of the images under <c>train</c>, a tenth, the same number of each class, is held out for validation; those
    /// under <c>val</c> are the test images.
    /// </summary>
    /// <exception cref="InvalidDataException">There is no <c>train</c> or no <c>val</c>, or an image is damaged.</exception>
    internal DataSet ReadDataSet(string name, Framing framing, DataProvenance provenance, CancellationToken ct = default)
    {
        var (training, testing) = (Files.Where(f => f.Part == "train").ToArray(), Files.Where(f => f.Part == "val").ToArray());
        if (training.Length == 0 || testing.Length == 0)
            throw new InvalidDataException($"{Location}: it has no images under {(training.Length == 0 ? "train" : "val")}; a data set needs both.");
        var classes = ClassNames.Index().ToDictionary(c => c.Item, c => c.Index);
        var (train, validation) = Split.Stratified(Array.ConvertAll(training, f => classes[f.Class]), training.Length / 10);
        return new DataSet(name, Read($"{name} train", train.Select(i => training[i]), framing, ct),
            Read($"{name} validation", validation.Select(i => training[i]), framing, ct), Read($"{name} test", testing, framing, ct),
            provenance, Synthetic: false);
    }

    // By content, as some images of ImageNet are PNGs under the name of JPEGs.
    static DecodedImage Decode(byte[] bytes, string name) =>
        bytes is [0x89, (byte)'P', (byte)'N', (byte)'G', ..] ? Png.Decode(bytes, name) : Jpeg.Decode(bytes, name);

    static bool IsImage(string path) => Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    static ImageFile[] Arrange(List<(string[] Names, Func<byte[]> Load)> found, string path)
    {
        if (found.Count == 0)
            throw new InvalidDataException($"'{path}' holds no .jpg, .jpeg or .png; {Expected}");
        // Archives often wrap everything in one more folder.
        var skip = 0;
        while (found.All(f => f.Names.Length > skip + 2 && f.Names[skip] == found[0].Names[skip]) && !Parts.Contains(found[0].Names[skip]))
            skip++;
        var divided = found.Any(f => Parts.Contains(f.Names[skip]) && f.Names.Length > skip + 2);
        var depth = skip + (divided ? 2 : 1);
        var files = new List<ImageFile>();
        foreach (var (names, load) in found)
        {
            if (names.Length <= depth || divided && !Parts.Contains(names[skip]))
                throw new InvalidDataException($"'{path}' holds the image {string.Join('/', names)} where none should be; {Expected}");
            files.Add(new ImageFile(divided ? names[skip] : "", names[depth - 1], string.Join('/', names[depth..])) { Load = load });
        }
        return [.. files.OrderBy(f => f.Part, StringComparer.Ordinal).ThenBy(f => f.Class, StringComparer.Ordinal)
            .ThenBy(f => f.Name, StringComparer.Ordinal)];
    }

    const string Expected = "expected is one folder a class, or train/ and val/ with one folder a class in each.";
}

using System.Formats.Tar;
using System.IO.Compression;
using ResearchKit.Data;
using ResearchKit.Tests.Formats;

namespace ResearchKit.Tests.Data;

public sealed class ImageFolderTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("researchkit-test-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_folder_of_class_folders_is_read_in_ordinal_order()
    {
        Put("b/2.jpg", JpegSamples.Grey);
        Put("b/1.JPEG", JpegSamples.Colour);
        Put("B/x.jpg", JpegSamples.Full);
        Put("b/notes.txt", [1]);
        Put("index.tsv", [1]);
        var images = ImageFolder.Open(folder);

        Assert.Equal(["B", "b"], images.ClassNames);
        Assert.Equal(["B/x.jpg", "b/1.JPEG", "b/2.jpg"], images.Files.Select(f => f.ToString()));
        var set = images.Read("mine", images.Files, Framing.Square(8));
        Assert.Equal(("mine", 3, 3, 8, 8), (set.Name, set.Count, set.Channels, set.Height, set.Width));
        Assert.Equal([0, 1, 1], set.Labels);
        Assert.Equal(Framing.Square(8).Apply(ResearchKit.Formats.Jpeg.Decode(JpegSamples.Colour, "")), set.Image(1).ToArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData("imagenette2-320/")]
    public void The_layout_of_Imagenette_gives_its_parts(string wrapped)
    {
        for (var i = 0; i < 20; i++)
            Put($"{wrapped}train/n0144076{i % 2 * 3 + 1}/{i}.JPEG", JpegSamples.Colour);
        Put($"{wrapped}val/n01440764/ILSVRC2012_val_00000001.JPEG", JpegSamples.Full);
        var images = ImageFolder.Open(folder);
        Assert.Equal(["train", "val"], images.Files.Select(f => f.Part).Distinct());
        Assert.Equal("ILSVRC2012_val_00000001.JPEG", Assert.Single(images.Files, f => f.IsImageNetValidation).Name);

        var data = images.ReadDataSet("small", Framing.Square(4), new("here", new Dictionary<string, string>(), "", ""));
        Assert.Equal((18, 2, 1), (data.Train.Count, data.Validation.Count, data.Test.Count));
        Assert.Equal([0, 1], data.Validation.Labels.Order());
        Assert.Equal([1], data.Test.Labels);
    }

    [Fact]
    public void An_archive_is_read_as_the_folder_it_holds()
    {
        var archive = Path.Combine(folder, "set.tar.gz");
        using (var zip = new GZipStream(File.Create(archive), CompressionLevel.Fastest))
        using (var tar = new TarWriter(zip))
        {
            foreach (var (name, bytes) in new[] { ("set/train/a/1.jpg", JpegSamples.Colour), ("set/train/b/1.jpg", JpegSamples.Grey) })
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(bytes) });
        }
        var images = ImageFolder.Open(archive);
        Assert.Equal(["train/a/1.jpg", "train/b/1.jpg"], images.Files.Select(f => f.ToString()));
        Assert.Equal(2, images.Read("x", images.Files, Framing.Square(8)).Count);
    }

    [Fact]
    public void What_has_another_layout_is_refused_with_the_one_expected()
    {
        Assert.Contains("holds no .jpg", Refusal());
        Put("1.jpg", JpegSamples.Colour);
        Assert.Contains("holds the image 1.jpg where none should be; expected is one folder a class", Refusal());
        File.Delete(Path.Combine(folder, "1.jpg"));
        Put("train/a/1.jpg", JpegSamples.Colour);
        Put("extra/1.jpg", JpegSamples.Colour);
        Assert.Contains("extra/1.jpg", Refusal());
        Assert.Throws<FileNotFoundException>(() => ImageFolder.Open(Path.Combine(folder, "nowhere")));

        string Refusal() => Assert.Throws<InvalidDataException>(() => ImageFolder.Open(folder)).Message;
    }

    [Fact]
    public void A_damaged_image_is_named()
    {
        Put("a/1.jpg", JpegSamples.Colour);
        Put("a/2.jpg", JpegSamples.Colour[..300]);
        var images = ImageFolder.Open(folder);
        var error = Assert.Throws<InvalidDataException>(() => images.Read("x", images.Files, Framing.Square(8)));
        Assert.Contains($"{folder}/a/2.jpg", error.Message);
    }

    [Fact]
    public void Identifiers_of_ImageNet_map_to_its_thousand_classes()
    {
        Assert.Equal((1000, 1000), (ImageNetClasses.Ids.Distinct().Count(), ImageNetClasses.Names.Count));
        Assert.Equal((0, "tench", 999, "toilet tissue"), (ImageNetClasses.IndexOf("n01440764"), ImageNetClasses.Names[0],
            ImageNetClasses.IndexOf("n15075141"), ImageNetClasses.Names[999]));
        Assert.Equal(-1, ImageNetClasses.IndexOf("n00000000"));

        var set = new ImageSet("x", 3, 1, 1, 1, [1, 2, 3], [1, 0, 1], ["n02102040", "n03888257"]);
        var among = ImageNetClasses.Relabel(set);
        Assert.Equal([701, 217, 701], among.Labels);
        Assert.Equal("parachute", among.ClassNames[among.Labels[0]]);
        Assert.Contains("'dog' is none of the 1,000",
            Assert.Throws<ArgumentException>(() => ImageNetClasses.Relabel(set with { ClassNames = ["n02102040", "dog"] })).Message);
    }

    void Put(string name, byte[] bytes)
    {
        var path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
    }
}

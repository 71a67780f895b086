using System.Runtime.InteropServices;
using System.Security.Cryptography;
using ResearchKit.Data;
using ResearchKit.Formats;

namespace ResearchKit.Tests.Data;

/// <summary>Tests on the published bytes; skipped with the reason where no source gives them.</summary>
public sealed class RealDataTests
{
    [Fact]
    public void Mnist_has_its_published_form_and_a_pinned_validation_part()
    {
        var mnist = Load("mnist");
        Assert.Equal((55_000, 5_000, 10_000), (mnist.Train.Count, mnist.Validation.Count, mnist.Test.Count));
        Assert.Equal((1, 28, 28, 10), (mnist.Train.Channels, mnist.Train.Height, mnist.Train.Width, mnist.Train.ClassNames.Length));
        Assert.False(mnist.Synthetic);
        Assert.Equal([7, 2, 1, 0, 4, 1, 4, 9, 5, 9], mnist.Test.Labels[..10]);
        Assert.Equal([494, 562, 496, 511, 487, 452, 493, 522, 487, 496],
            mnist.Validation.Labels.CountBy(l => l).OrderBy(c => c.Key).Select(c => c.Value));

        var all = Array.ConvertAll(Idx.ReadLabels(Cached("mnist").PathOf("train-labels-idx1-ubyte")).Data, label => (int)label);
        var (_, validation) = Split.Stratified(all, 5000);
        Assert.Equal([1, 5, 30, 35, 37, 46, 51, 54], validation[..8]);
        Assert.Equal("20b396ff2958c2c59751d3468cff11ed38d92ff93da954d62ef1b83e29c2ab42", Hash(validation));
        Assert.Equal(validation.Select(i => all[i]), mnist.Validation.Labels);
    }

    [Fact]
    public void Mnist_training_images_have_the_mean_and_deviation_counted_elsewhere()
    {
        var statistics = Load("mnist").Train.ChannelStatistics();
        Assert.Equal(0.1306324167848958, Assert.Single(statistics.Mean), 12);
        Assert.Equal(0.3080795773815081, Assert.Single(statistics.Std), 12);
    }

    [Fact]
    public void Mnist_in_the_cache_passes_its_checksums()
    {
        Load("mnist");
        Assert.Equal(4, DataSets.Verify("mnist").Provenance.Sha256.Count);
    }

    [Fact]
    public void Cifar10_has_its_published_form_and_a_pinned_validation_part()
    {
        var cifar = LoadCifar();
        Assert.Equal((45_000, 5_000, 10_000), (cifar.Train.Count, cifar.Validation.Count, cifar.Test.Count));
        Assert.Equal((3, 32, 32), (cifar.Test.Channels, cifar.Test.Height, cifar.Test.Width));
        Assert.All(cifar.Validation.Labels.CountBy(l => l), c => Assert.Equal(500, c.Value));
        Assert.All(cifar.Test.Labels.CountBy(l => l), c => Assert.Equal(1000, c.Value));
        Assert.Equal(["cat", "ship", "ship", "airplane", "frog"], cifar.Test.Labels[..5].Select(l => cifar.Test.ClassNames[l]));

        var batches = Cached("cifar10");
        var all = Cifar10.Records.Read("all", [.. Enumerable.Range(1, 5).Select(i => batches.PathOf($"data_batch_{i}.bin"))]);
        var (_, validation) = Split.Stratified(all.Labels, 5000);
        Assert.Equal("5c6fd0f6cd0d83b551c5220eb9277a4aea8cdd9375edfd95484dd52c60187e5d", Hash(validation));
        Assert.True(all.Image(validation[4999]).SequenceEqual(cifar.Validation.Image(4999)));

        // The figures that everyone prints for the 50,000 training images.
        var statistics = all.ChannelStatistics();
        Assert.Equal([0.4914, 0.4822, 0.4465], statistics.Mean.Select(m => Math.Round(m, 4)));
        Assert.Equal([0.2470, 0.2435, 0.2616], statistics.Std.Select(m => Math.Round(m, 4)));
    }

    [Fact]
    public void Cifar10_in_the_cache_passes_its_checksums()
    {
        LoadCifar();
        Assert.Equal(6, DataSets.Verify("cifar10").Provenance.Sha256.Count);
    }

    [Fact]
    public void Digits_have_their_published_form_and_pinned_parts()
    {
        var digits = Load("digits");
        Assert.Equal((1257, 180, 360), (digits.Train.Count, digits.Validation.Count, digits.Test.Count));
        Assert.Equal((1, 8, 8, 10), (digits.Train.Channels, digits.Train.Height, digits.Train.Width, digits.Train.ClassNames.Length));
        Assert.Equal([178, 182, 177, 183, 181, 182, 181, 179, 174, 180],
            digits.TrainAndValidation().Concat(digits.Test, "all").Labels.CountBy(l => l).OrderBy(c => c.Key).Select(c => c.Value));
        // From the rule of the split and the file, computed elsewhere.
        Assert.Equal("0267f0e3242cc4c1f8ec3f3aa94ef2ddcae3e38b46cf8dfc85c25f2d8ac50667", Hash(digits.Test.Labels));
        Assert.Equal("060352e4fb14bab21f1038743f3d856f01661a30d1195733bdf84cbb84fc3322", Convert.ToHexStringLower(SHA256.HashData(digits.Test.Pixels)));
    }

    [Fact]
    public void Orl_faces_are_ten_of_each_of_forty_people()
    {
        var faces = Load("orl");
        Assert.Equal((160, 40, 200), (faces.Train.Count, faces.Validation.Count, faces.Test.Count));
        Assert.Equal((1, 112, 92), (faces.Train.Channels, faces.Train.Height, faces.Train.Width));
        Assert.All(faces.Test.Labels.CountBy(l => l), c => Assert.Equal(5, c.Value));
        Assert.Equal(Enumerable.Range(0, 40), faces.Validation.Labels);
        // The first pixels of s1/1.pgm.
        Assert.Equal([0x30, 0x31, 0x2D, 0x2F, 0x31, 0x39], faces.Train.Image(0)[..6].ToArray());
    }

    [Fact]
    public void Cifar100_has_its_published_form()
    {
        var entry = Catalog.Default.Entry("cifar100");
        try
        {
            DataCache.Default.Fetch(entry with { Sources = [.. entry.Sources.Where(s => s.Kind == "folder")] });
        }
        catch (DataUnavailableException e)
        {
            Assert.Skip(e.Message);
        }
        var (fine, coarse) = (DataSets.Load("cifar100"), DataSets.Load("cifar100-coarse"));
        Assert.Equal((45_000, 5_000, 10_000), (fine.Train.Count, fine.Validation.Count, fine.Test.Count));
        Assert.All(fine.Validation.Labels.CountBy(l => l), c => Assert.Equal(50, c.Value));
        Assert.All(coarse.Validation.Labels.CountBy(l => l), c => Assert.Equal(250, c.Value));
        Assert.Equal(fine.Validation.Pixels, coarse.Validation.Pixels);
    }

    [Fact]
    public void Imagenette_subset_has_the_images_that_its_list_names_and_decodes_as_torchvision_does()
    {
        var data = Load("imagenette-subset");
        Assert.Equal((1350, 150, 400), (data.Train.Count, data.Validation.Count, data.Test.Count));
        Assert.All(data.Validation.Labels.CountBy(l => l), c => Assert.Equal(15, c.Value));

        var images = DataSets.OpenImages("imagenette-subset");
        Assert.True(images.IsImageNet);
        var unseen = images.Files.Where(f => f.IsImageNetValidation).ToArray();
        Assert.Equal(500, unseen.Length);
        var origins = new Dictionary<string, string>();
        Archive.ForEach(Cached("imagenette-subset").PathOf("imagenette2-224-subset.tar.gz"), (name, content) =>
        {
            if (name.EndsWith("/files.tsv", StringComparison.Ordinal))
            {
                foreach (var fields in new StreamReader(content).ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(l => l.Split('\t')))
                    origins.Add($"{fields[0]}/{fields[1]}/{fields[2]}", fields[3]);
            }
        }, new(Entries: 2000), default);
        Assert.Equal(origins.Keys.Order(StringComparer.Ordinal), images.Files.Select(f => f.ToString()));
        Assert.Equal(origins.Where(o => o.Value == "ilsvrc2012-val").Select(o => o.Key).Order(StringComparer.Ordinal), unseen.Select(f => f.ToString()));

        // The SHA-256 over all 500 images, in this order, as torchvision 0.14 with Pillow 9.4 gives them.
        var set = ImageNetClasses.Relabel(images.Read("unseen", unseen, Framing.Square(227)));
        Assert.Equal("6aaaefbfea2010c366898724d2d70a6da4f0bed15a8c448db2bcaecfaf342465", Convert.ToHexStringLower(SHA256.HashData(set.Pixels)));
        Assert.Equal([0, 217, 482, 491, 497, 566, 569, 571, 574, 701], set.Labels.Distinct().Order());
    }

    [Fact]
    public void Charts_library_is_fetched_with_its_licence()
    {
        var folder = Directory.CreateTempSubdirectory("researchkit-test-").FullName;
        try
        {
            var plotly = new DataCache(folder).Fetch(Catalog.Default.Entry("plotly.js"));
            Assert.StartsWith("/**\n* plotly.js", File.ReadAllText(plotly.PathOf("plotly-cartesian.min.js")));
            Assert.Contains("MIT License", File.ReadAllText(plotly.PathOf("LICENSE")));
        }
        catch (DataUnavailableException e)
        {
            Assert.Skip(e.Message);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static DataSet Load(string name)
    {
        try
        {
            return DataSets.Load(name);
        }
        catch (DataUnavailableException e)
        {
            Assert.Skip(e.Message);
            throw;
        }
    }

    // 140 MB are not fetched by a test: it runs where they are cached or where RESEARCHKIT_DATA holds them.
    static DataSet LoadCifar()
    {
        var entry = Catalog.Default.Entry("cifar10");
        try
        {
            DataCache.Default.Fetch(entry with { Sources = [.. entry.Sources.Where(s => s.Kind == "folder")] });
        }
        catch (DataUnavailableException e)
        {
            Assert.Skip($"CIFAR-10 is not cached; loading it once by its name fetches 140 MB. {e.Message}");
        }
        return DataSets.Load("cifar10");
    }

    static CachedEntry Cached(string name) => DataCache.Default.Find(Catalog.Default.Entry(name))!;

    static string Hash(int[] indices) => Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(indices.AsSpan())));
}

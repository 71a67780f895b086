using System.Buffers.Binary;
using ResearchKit.Data;
using ResearchKit.Formats;

namespace ResearchKit.Tests.Data;

public sealed class RecordTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("researchkit-test-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Interleaved_pixels_become_a_label_and_three_planes()
    {
        var pixels = new byte[2 * 1024 * 3];
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)(i % 3 * 80 + i / 3 % 64 + i / 3072);
        var records = Cifar10Png.Relay(new DecodedImage(1024, 2, 3, pixels), [7, 2], "x.png");

        Assert.Equal(2 * 3073, records.Length);
        Assert.Equal((7, 2), (records[0], records[3073]));
        for (var image = 0; image < 2; image++)
        {
            for (var channel = 0; channel < 3; channel++)
            {
                for (var p = 0; p < 1024; p++)
                    Assert.Equal(channel * 80 + p % 64 + image, records[image * 3073 + 1 + channel * 1024 + p]);
            }
        }
    }

    [Fact]
    public void Images_of_another_form_or_without_labels_are_refused()
    {
        Assert.Throws<InvalidDataException>(() => Cifar10Png.Relay(new DecodedImage(1000, 1, 3, new byte[3000]), [1], "x.png"));
        Assert.Throws<InvalidDataException>(() => Cifar10Png.Relay(new DecodedImage(1024, 1, 1, new byte[1024]), [1], "x.png"));
        Assert.Contains("x.png: 2 images and only 1 labels",
            Assert.Throws<InvalidDataException>(() => Cifar10Png.Relay(new DecodedImage(1024, 2, 3, new byte[6144]), [1], "x.png")).Message);
    }

    [Fact]
    public void Record_files_are_read_in_order()
    {
        var first = Write("1.bin", [.. Record(3, 10), .. Record(9, 20)]);
        var second = Write("2.bin", Record(0, 30));
        var set = Cifar10.Records.Read("x", [first, second]);
        Assert.Equal([3, 9, 0], set.Labels);
        Assert.Equal([10, 20, 30], Enumerable.Range(0, 3).Select(i => (int)set.Image(i)[0]));
        Assert.Equal(3 * 3072, set.Pixels.Length);
    }

    [Fact]
    public void A_record_file_with_a_wrong_length_or_label_is_refused_with_the_place()
    {
        var torn = Write("torn.bin", Record(1, 1)[..^1]);
        Assert.Contains($"{torn}: 3072 bytes", Assert.Throws<InvalidDataException>(() => Cifar10.Records.Read("x", [torn])).Message);
        var wrong = Write("wrong.bin", [.. Record(1, 1), .. Record(10, 1)]);
        Assert.Contains($"{wrong}: byte 3073: label 10", Assert.Throws<InvalidDataException>(() => Cifar10.Records.Read("x", [wrong])).Message);
    }

    [Fact]
    public void Records_of_Cifar100_carry_the_group_before_the_class()
    {
        var file = Write("train.bin", [19, 41, .. Record(0, 10)[1..], 4, 99, .. Record(0, 20)[1..]]);
        var (fine, coarse) = (Cifar100.Fine.Read("f", [file]), Cifar100.Coarse.Read("c", [file]));
        Assert.Equal([41, 99], fine.Labels);
        Assert.Equal([19, 4], coarse.Labels);
        Assert.Equal(("lawn_mower", "vehicles_2"), (fine.ClassNames[41], coarse.ClassNames[19]));
        Assert.Equal((100, 20), (fine.ClassNames.Distinct().Count(), coarse.ClassNames.Distinct().Count()));
        Assert.Equal(fine.ClassNames.Order(StringComparer.Ordinal), fine.ClassNames);
        Assert.Equal([10, 20], [fine.Image(0)[0], fine.Image(1)[3071]]);
        var wrong = Write("wrong.bin", [20, 0, .. Record(0, 1)[1..]]);
        Assert.Contains("byte 0: label 20", Assert.Throws<InvalidDataException>(() => Cifar100.Coarse.Read("x", [wrong])).Message);
        Assert.Equal(1, Cifar100.Fine.Read("x", [wrong]).Count);
    }

    [Fact]
    public void Digits_are_scaled_and_a_wrong_line_is_named()
    {
        var line = string.Join(',', Enumerable.Range(0, 64).Select(i => i % 17)) + ",7";
        var set = Digits.Parse($"{line}\n{line[..^1]}3\r\n", "d", "here");
        Assert.Equal([7, 3], set.Labels);
        Assert.Equal([0, 16, 32, 48, 64, 80, 96, 112, 128, 143, 159, 175, 191, 207, 223, 239, 255, 0],
            set.Image(1)[..18].ToArray().Select(v => (int)v));
        (string Line, string Place)[] bad =
        [
            (line[..^2], "line 2 has 64"), (line + ",1", "line 2, column 66"), ("17" + line[1..], "line 2, column 1"),
            (line[..^1] + "10", "line 2, column 65"), ("", "line 2, column 1"), ("-1" + line[1..], "line 2, column 1"),
        ];
        foreach (var (wrong, place) in bad)
            Assert.Contains(place, Assert.Throws<InvalidDataException>(() => Digits.Parse($"{line}\n{wrong}\n{line}", "d", "here")).Message);
    }

    [Fact]
    public void Idx_files_that_do_not_belong_together_are_refused()
    {
        var images = Write("images", [.. Header(0x803, 2, 1, 1), 5, 6]);
        var three = Write("three", [.. Header(0x801, 3), 1, 2, 3]);
        var eleven = Write("eleven", [.. Header(0x801, 2), 1, 11]);
        Assert.Contains("2 images", Assert.Throws<InvalidDataException>(() => Mnist.Read("x", images, three)).Message);
        Assert.Contains("label 11 of image 1", Assert.Throws<InvalidDataException>(() => Mnist.Read("x", images, eleven)).Message);
    }

    [Fact]
    public void Statistics_of_each_channel_are_those_of_the_definition()
    {
        var random = new SplitMix64(2);
        var pixels = new byte[5 * 3 * 4 * 6];
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)random.NextInt32(256);
        var set = new ImageSet("x", 5, 3, 4, 6, pixels, new int[5], ["a"]);
        var statistics = set.ChannelStatistics();
        for (var channel = 0; channel < 3; channel++)
        {
            var values = Enumerable.Range(0, 5).SelectMany(i => set.Image(i).Slice(channel * 24, 24).ToArray()).Select(v => v / 255.0).ToArray();
            var mean = values.Average();
            Assert.Equal(mean, statistics.Mean[channel], 12);
            Assert.Equal(Math.Sqrt(values.Average(v => (v - mean) * (v - mean))), statistics.Std[channel], 12);
        }
    }

    [Fact]
    public void Parts_are_copied_in_the_order_asked_for_and_joined_again()
    {
        var set = new ImageSet("x", 3, 1, 1, 2, [1, 2, 3, 4, 5, 6], [7, 8, 9], ["a"]);
        var part = set.Select([2, 0], "part");
        Assert.Equal(("part", 2), (part.Name, part.Count));
        Assert.Equal([5, 6, 1, 2], part.Pixels);
        Assert.Equal([9, 7], part.Labels);
        var joined = part.Concat(set.Select([1], "rest"), "all");
        Assert.Equal([5, 6, 1, 2, 3, 4], joined.Pixels);
        Assert.Equal([9, 7, 8], joined.Labels);
        Assert.Throws<ArgumentException>(() => part.Concat(set with { Height = 2, Width = 1 }, "bad"));
    }

    static byte[] Record(byte label, byte pixel)
    {
        var record = new byte[3073];
        Array.Fill(record, pixel);
        record[0] = label;
        return record;
    }

    static byte[] Header(params int[] words)
    {
        var bytes = new byte[words.Length * 4];
        for (var i = 0; i < words.Length; i++)
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4 * i), words[i]);
        return bytes;
    }

    string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}

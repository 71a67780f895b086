using ResearchKit.Formats;
using ResearchKit.Models;
using ResearchKit.Training;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Formats;

[Collection(nameof(GlobalGenerator))]
public class TorchSharpFileTests
{
    static readonly SafeTensor[] Tensors =
    [
        SafeTensor.Of<float>("layers.0.weight", [2, 3], [1, 2, 3, 4, 5, -6.5f]),
        SafeTensor.Of<long>("numéro", [], [-42]),
        SafeTensor.Of<bool>("mask", [3], [true, false, true]),
        new("half", "BF16", [1, 2], new byte[] { 1, 2, 3, 4 }),
        SafeTensor.Of<byte>("empty", [0, 300], []),
    ];

    static byte[] Written(IReadOnlyList<SafeTensor> tensors)
    {
        using var stream = new MemoryStream();
        TorchSharpFile.Write(stream, tensors);
        return stream.ToArray();
    }

    static string Refusal(byte[] bytes)
    {
        var message = Assert.Throws<InvalidDataException>(() => TorchSharpFile.Parse(bytes, "some.dat")).Message;
        Assert.Contains("some.dat", message);
        return message;
    }

    [Fact]
    public void What_is_written_is_read_back_and_written_again_with_the_same_bytes()
    {
        var read = TorchSharpFile.Parse(Written(Tensors), "x");
        Assert.Equal(Tensors.Select(t => (t.Name, t.DType)), read.Select(t => (t.Name, t.DType)));
        Assert.Equal(Tensors.Select(t => t.Shape), read.Select(t => t.Shape));
        Assert.Equal(Tensors.Select(t => t.Data.ToArray()), read.Select(t => t.Data.ToArray()));
        Assert.Equal(Written(Tensors), Written(read));
    }

    [Fact]
    public void The_bytes_are_those_of_the_format() => Assert.Equal(
        new byte[] { 1, 1, (byte)'a', 3, 2, 1, 0xAC, 2 }.Concat(new byte[1200]), Written([SafeTensor.Of("a", [1, 300], new int[300])]));

    [Fact]
    public void TorchSharp_reads_what_we_write_and_writes_what_we_read()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        using var model = new CifarResNet(8);
        using var theirs = new MemoryStream();
        model.save(theirs);
        Assert.Equal(theirs.ToArray(), Written(ModelFile.TensorsOf(model)));
        using var other = new CifarResNet(8);
        other.load(new MemoryStream(Written(TorchSharpFile.Parse(theirs.ToArray(), "x"))));
        foreach (var ((name, expected), (_, actual)) in model.state_dict().Zip(other.state_dict()))
        {
            Assert.True(expected.eq(actual).all().ToBoolean(), name);
        }
    }

    [Theory]
    [InlineData("", "ends within the number of tensors")]
    [InlineData("00 00", "more bytes follow")]
    [InlineData("FF FF FF FF FF FF FF FF FF FF", "does not end")]
    [InlineData("FF FF FF FF 0F", "more than 2147483647")]
    [InlineData("01 02 61", "ends within a name")]
    [InlineData("01 FF FF 7F", "the length of a name")]
    [InlineData("01 01 FF", "not UTF-8")]
    [InlineData("01 01 61 10", "dtype of 'a' is 16")]
    [InlineData("01 01 61 09", "code 9")]
    [InlineData("01 01 61 06 41", "number of dimensions of 'a'")]
    [InlineData("01 01 61 06 01 02 00 00", "elements of 'a', 6 bytes short")]
    [InlineData("01 01 61 06 02 FF FF FF FF FF FF FF FF 7F 02", "more than 2^63")]
    [InlineData("02 01 61 00 01 01 07 01 61 00 01 01 07", "repeated")]
    public void Each_offence_is_refused_for_its_reason(string hex, string reason) =>
        Assert.Contains(reason, Refusal(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal))));

    [Fact]
    public void What_could_not_be_read_again_is_not_written()
    {
        Assert.Throws<ArgumentException>(() => Written([Tensors[0], Tensors[0]]));
        Assert.Throws<ArgumentException>(() => Written([Tensors[0] with { Shape = [3] }]));
        Assert.Throws<ArgumentException>(() => Written([Tensors[0] with { Name = new string('x', 1 << 17) }]));
        Assert.Contains("U64", Assert.Throws<ArgumentException>(() => Written([SafeTensor.Of<ulong>("a", [1], [1])])).Message);
    }

    [Fact]
    public void Twenty_thousand_mutations_bring_nothing_but_clear_refusals()
    {
        var (accepted, refused) = Damage.Fuzz([Written(Tensors), Written(Tensors[..1])], 20_000, 7, bytes => TorchSharpFile.Parse(bytes, "fuzz.file"));
        Assert.InRange(refused, 10_000, 20_000);
        Assert.InRange(accepted, 100, 10_000);
    }
}

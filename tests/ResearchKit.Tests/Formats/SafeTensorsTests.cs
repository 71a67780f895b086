using System.Buffers.Binary;
using System.Text;
using ResearchKit.Formats;

namespace ResearchKit.Tests.Formats;

public class SafeTensorsTests
{
    static readonly SafeTensor[] Tensors =
    [
        SafeTensor.Of<float>("fc.weight", [2, 3], [1, 2, 3, 4, 5, -6.5f]),
        SafeTensor.Of<float>("empty", [0, 7], []),
        SafeTensor.Of<long>("step \"é\"", [], [-42]),
        SafeTensor.Of<bool>("mask", [3], [true, false, true]),
        new("half", "BF16", [1], new byte[] { 1, 2 }),
    ];

    static readonly Dictionary<string, string> Metadata = new() { ["b"] = "2", ["a"] = "text é <&>\n" };

    static byte[] Written(IReadOnlyList<SafeTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null, bool isChecked = false)
    {
        var stream = new MemoryStream();
        if (isChecked)
            SafeTensors.WriteChecked(stream, tensors, metadata);
        else
            SafeTensors.Write(stream, tensors, metadata);
        return stream.ToArray();
    }

    static byte[] File(string header, int dataLength, long? length = null)
    {
        var json = Encoding.UTF8.GetBytes(header);
        var bytes = new byte[8 + json.Length + dataLength];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, length ?? json.Length);
        json.CopyTo(bytes, 8);
        return bytes;
    }

    [Fact]
    public void What_is_written_is_read_back_and_written_again_with_the_same_bytes()
    {
        foreach (var isChecked in new[] { false, true })
        {
            var bytes = Written(Tensors, Metadata, isChecked);
            var file = isChecked ? SafeTensors.ParseChecked(bytes, "x") : SafeTensors.Parse(bytes, "x");
            Assert.Equal(Metadata, file.Metadata.ToDictionary());
            Assert.Equal(Tensors.Select(tensor => tensor.Name), file.Tensors.Select(tensor => tensor.Name));
            Assert.Equal(Tensors.Select(tensor => tensor.DType), file.Tensors.Select(tensor => tensor.DType));
            foreach (var (expected, actual) in Tensors.Zip(file.Tensors))
            {
                Assert.Equal(expected.Shape, actual.Shape);
                Assert.Equal(expected.Data.ToArray(), actual.Data.ToArray());
            }
            Assert.Equal([1, 2, 3, 4, 5, -6.5f], file["fc.weight"].ToArray<float>());
            Assert.Equal([true, false, true], file["mask"].ToArray<bool>());
            Assert.Equal(bytes, Written(file.Tensors, file.Metadata, isChecked));
        }
    }

    [Fact]
    public void The_bytes_are_those_of_the_format()
    {
        var bytes = Written([SafeTensor.Of<short>("a", [1], [0x0102])]);
        var header = """{"a":{"dtype":"I16","shape":[1],"data_offsets":[0,2]}}""".PadRight(56);
        Assert.Equal(File(header, 0).Concat(new byte[] { 2, 1 }), bytes);
    }

    [Fact]
    public void Order_of_metadata_does_not_change_the_bytes()
    {
        var other = new Dictionary<string, string> { ["a"] = Metadata["a"], ["b"] = "2" };
        Assert.Equal(Written(Tensors, Metadata), Written(Tensors, other));
    }

    [Fact]
    public void Every_single_bit_flip_of_a_checked_file_is_detected()
    {
        var bytes = Written(Tensors, Metadata, isChecked: true);
        for (var bit = 0; bit < 8 * bytes.Length; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Throws<InvalidDataException>(() => SafeTensors.ParseChecked(bytes, "x"));
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
        Assert.Equal(5, SafeTensors.ParseChecked(bytes, "x").Tensors.Count);
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        var bytes = Written(Tensors, Metadata);
        for (var length = 0; length < bytes.Length; length++)
            Assert.Throws<InvalidDataException>(() => SafeTensors.Parse(bytes.AsMemory(0, length), "x"));
    }

    [Fact]
    public void A_file_without_checksum_is_not_taken_for_a_verified_one() =>
        Assert.Contains("no checksum", Assert.Throws<InvalidDataException>(() => SafeTensors.ParseChecked(Written(Tensors, Metadata), "x")).Message);

    [Theory]
    [InlineData("", 0, "does not begin")]
    [InlineData(" {}", 0, "does not begin")]
    [InlineData("[]", 0, "does not begin")]
    [InlineData("{}{}", 0, "cannot be read")]
    [InlineData("{", 0, "cannot be read")]
    [InlineData("{}", 1, "1 bytes follow")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 5, "1 bytes follow")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 3, "ends at data byte 4")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "does not fit")]
    [InlineData("""{"a":{"dtype":"F31","shape":[1],"data_offsets":[0,4]}}""", 4, "unknown dtype")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "zero or more")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}""", 4, "zero or more")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.0],"data_offsets":[0,4]}}""", 4, "zero or more")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", 4, "begin and end")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,2,4]}}""", 4, "begin and end")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "there is a gap")]
    [InlineData("""{"a":{"dtype":"U8","shape":[3],"data_offsets":[0,3]},"b":{"dtype":"U8","shape":[3],"data_offsets":[2,5]}}""", 5, "overlaps")]
    [InlineData("""{"a":{"dtype":"U8","shape":[3],"data_offsets":[0,3]},"a":{"dtype":"U8","shape":[3],"data_offsets":[3,6]}}""", 6, "repeated")]
    [InlineData("""{"a":{"dtype":"U8","dtype":"U8","shape":[3],"data_offsets":[0,3]}}""", 3, "repeated")]
    [InlineData("""{"__metadata__":{"k":"1","k":"2"}}""", 0, "repeated")]
    [InlineData("""{"__metadata__":{"k":1}}""", 0, "String is expected")]
    [InlineData("""{"a":{"dtype":"U8","shape":[0]}}""", 0, "lacks")]
    [InlineData("""{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0],"x":1}}""", 0, "unknown field")]
    [InlineData("""{"a":{"dtype":"U8","shape":[9223372036854775807,2,0],"data_offsets":[0,0]}}""", 0, "2^63")]
    [InlineData("""{"a":{"dtype":"F64","shape":[4611686018427387904,4],"data_offsets":[0,0]}}""", 0, "2^63")]
    [InlineData("""{"a":{"dtype":"U8","shape":[99999999999999999999],"data_offsets":[0,0]}}""", 0, "zero or more")]
    [InlineData("""{"a":{"dtype":"U8","shape":[0],"data_offsets":[18446744073709551616,18446744073709551616]}}""", 0, "zero or more")]
    [InlineData("""{"a":{"dtype":"U8","shape":[9223372036854775807],"data_offsets":[0,9223372036854775807]}}""", 8, "ends at data byte 9223372036854775807")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"b":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}""", 1, "overlaps")]
    [InlineData("""{"a":{"dtype":"U8","shape":[[[[[1]]]]],"data_offsets":[0,1]}}""", 1, "cannot be read")]
    [InlineData("""{"__metadata__":{"k":"1"},"__metadata__":{"k":"1"}}""", 0, "repeated")]
    [InlineData("""{"__metadata__":[]}""", 0, "StartObject is expected")]
    [InlineData("""{"a":{"dtype":null,"shape":[1],"data_offsets":[0,1]}}""", 1, "String is expected")]
    [InlineData("""{"\ud800":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}""", 0, "cannot be read")]
    public void Each_offence_is_refused_for_its_reason(string header, int dataLength, string reason)
    {
        var error = Assert.Throws<InvalidDataException>(() => SafeTensors.Parse(File(header, dataLength), "file.safetensors"));
        Assert.Contains(reason, error.Message);
        Assert.Contains("file.safetensors", error.Message);
    }

    [Theory]
    [InlineData(100_000_001, "above the limit")]
    [InlineData(-1, "above the limit")]
    [InlineData(3, "over the end")]
    [InlineData(0, "does not begin")]
    [InlineData(1, "cannot be read")]
    public void A_header_longer_than_the_file_or_the_limit_is_refused(long length, string reason) =>
        Assert.Contains(reason, Assert.Throws<InvalidDataException>(() => SafeTensors.Parse(File("{}", 0, length), "x")).Message);

    [Fact]
    public void Tensors_that_cannot_be_read_again_are_not_written()
    {
        Assert.Throws<ArgumentException>(() => Written([Tensors[0], Tensors[0]]));
        Assert.Throws<ArgumentException>(() => Written([Tensors[0] with { Name = "__metadata__" }]));
        Assert.ThrowsAny<ArgumentException>(() => Written([Tensors[0] with { Name = "\ud800" }]));
        Assert.Throws<ArgumentException>(() => Written([Tensors[0] with { Shape = [3] }]));
        Assert.Throws<ArgumentException>(() => Written([Tensors[0] with { DType = "F8" }]));
        Assert.Throws<ArgumentException>(() => Written(Tensors, new Dictionary<string, string> { ["sha256"] = "" }, isChecked: true));
        Assert.Throws<ArgumentException>(() => SafeTensor.Of<float>("a", [2], [1]));
        Assert.Throws<InvalidDataException>(() => Tensors[0].ToArray<double>());
    }

    [Fact]
    public void Entries_may_stand_in_any_order_in_the_header()
    {
        var header = """{"b":{"dtype":"U8","shape":[1],"data_offsets":[2,3]},"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}""";
        Assert.Equal(["a", "b"], SafeTensors.Parse(File(header, 3), "x").Tensors.Select(tensor => tensor.Name));
    }

    [Fact]
    public void Twenty_thousand_mutations_bring_nothing_but_clear_refusals()
    {
        byte[][] valid = [Written(Tensors, Metadata), Written(Tensors, Metadata, isChecked: true), Written([Tensors[0]])];
        var (_, refused) = Damage.Fuzz(valid, 20_000, 4, bytes =>
        {
            var file = SafeTensors.Parse(bytes, "fuzz.file");
            Assert.Equal(Written(file.Tensors, file.Metadata), Written(SafeTensors.Parse(Written(file.Tensors, file.Metadata), "x").Tensors, file.Metadata));
        });
        Assert.InRange(refused, 10_000, 20_000 - 100);
        var (accepted, _) = Damage.Fuzz(valid[1..2], 2_000, 5, bytes =>
        {
            SafeTensors.ParseChecked(bytes, "fuzz.file");
            Assert.Equal(valid[1], bytes);
        });
        Assert.InRange(accepted, 0, 200);
    }
}

using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using ResearchKit.Formats;
using ResearchKit.Models;
using ResearchKit.Training;

namespace ResearchKit.Tests.Formats;

[Collection(nameof(GlobalGenerator))]
public class DeepCompressionFileTests
{
    internal static readonly DeepCompressionLayer[] Layers = [new("conv", [2, 1, 3, 3], 8), new("fc", [2, 20], 4)];

    /// <summary>Two layers by hand: 3 entries with a filler between them at 8 bits, 2 entries at 4 bits.</summary>
    internal static byte[] File()
    {
        var file = new List<byte>();
        void Numbers(params uint[] values) => file.AddRange(MemoryMarshal.AsBytes(values.AsSpan()));
        void Floats(params float[] values) => file.AddRange(MemoryMarshal.AsBytes(values.AsSpan()));
        Numbers(3, 2);
        Floats([0, 1.5f, -2, .. new float[253]]);
        Floats(10, 20);
        file.AddRange([1, 0, 2]);
        file.AddRange([0xF0, 0]);
        Floats([0, 3, 4, .. new float[13]]);
        Floats(30, 40);
        file.Add(0x12);
        file.Add(0x25);
        return [.. file];
    }

    static string Refusal(byte[] bytes)
    {
        var message = Assert.Throws<InvalidDataException>(() => DeepCompressionFile.Parse(bytes, Layers, "some.net")).Message;
        Assert.Contains("some.net", message);
        return message;
    }

    [Fact]
    public void Layers_are_decoded_with_fillers_and_nibbles_low_half_first()
    {
        Assert.True(DeepCompressionFile.Recognises(File(), Layers));
        var tensors = DeepCompressionFile.Parse(File(), Layers, "x");
        Assert.Equal(["conv.weight", "conv.bias", "fc.weight", "fc.bias"], tensors.Select(t => t.Name));
        float[] conv = new float[18], fc = new float[40];
        (conv[0], conv[17]) = (1.5f, -2); // the filler is at 16
        (fc[5], fc[8]) = (4, 3);
        Assert.Equal(conv, tensors[0].ToDense());
        Assert.Equal([10, 20], tensors[1].ToDense());
        Assert.Equal(fc, tensors[2].ToDense());
        Assert.Equal([30, 40], tensors[3].ToDense());
    }

    [Fact]
    public void Each_offence_is_refused_for_its_reason()
    {
        byte[] Changed(Action<byte[]> change)
        {
            var bytes = File();
            change(bytes);
            return bytes;
        }

        var codes = 8 + 1024 + 8;
        Assert.Contains("numbers of entries", Refusal(File()[..7]));
        Assert.Contains("19 entries for 18 weights", Refusal(Changed(b => b[0] = 19)));
        Assert.Contains("within layer 0, 'conv'", Refusal(File()[..500]));
        Assert.Contains("within layer 1, 'fc'", Refusal(File()[..^1]));
        Assert.Contains("1 bytes follow", Refusal([.. File(), 0]));
        Assert.Contains("not with the filler's 0", Refusal(Changed(b => BinaryPrimitives.WriteSingleLittleEndian(b.AsSpan(8), 1))));
        Assert.Contains("unused half", Refusal(Changed(b => b[codes + 4] = 0x10)));
        Assert.Contains("is at 18, behind its 18 weights", Refusal(Changed(b => b[codes + 3] = 0xF1)));
        Assert.False(DeepCompressionFile.Recognises([.. File(), 0], Layers));
        Assert.False(DeepCompressionFile.Recognises(File(), []));
        Assert.False(DeepCompressionFile.Recognises(Changed(b => b[3] = 0xFF), Layers));
        Assert.False(DeepCompressionFile.Recognises([1, 2], Layers));
    }

    [Fact]
    public void Twenty_thousand_mutations_bring_nothing_but_clear_refusals()
    {
        var (accepted, refused) = Damage.Fuzz([File()], 20_000, 8, bytes =>
        {
            foreach (var tensor in DeepCompressionFile.Parse(bytes, Layers, "fuzz.file"))
                tensor.ToDense();
        });
        Assert.InRange(refused, 10_000, 20_000);
        Assert.InRange(accepted, 100, 10_000);
    }

    [Fact]
    public void The_released_SqueezeNet_is_decoded_bit_for_bit()
    {
        var path = RealWeights.Path("squeezenet-deep-compression/compressed_SqueezeNet.net");
        using var golden = JsonDocument.Parse(System.IO.File.ReadAllText(RealWeights.Path("squeezenet-deep-compression/golden_layers.json")));
        using var model = new SqueezeNet();
        var layers = Weights.Layers(model);
        Assert.True(DeepCompressionFile.Recognises(System.IO.File.ReadAllBytes(path), layers));
        var tensors = DeepCompressionFile.Read(path, layers);
        var expected = golden.RootElement.GetProperty("layers").EnumerateArray().ToArray();
        Assert.Equal(26, expected.Length);
        Assert.Equal(2 * expected.Length, tensors.Count);
        foreach (var (layer, i) in expected.Select((l, i) => (l, i)))
        {
            var (weight, bias) = ((QuantizedTensor)tensors[2 * i], tensors[2 * i + 1].ToDense());
            var dense = weight.ToDense();
            JsonElement Of(params string[] path) => path.Aggregate(layer, (element, name) => element.GetProperty(name));
            Assert.Equal(Of("shape").EnumerateArray().Select(s => s.GetInt64()), weight.Shape);
            Assert.Equal(Of("stored_entries").GetInt32(), weight.Codes.Length);
            Assert.Equal(Of("filler_entries").GetInt32(), weight.Codes.Count(c => c == 0));
            Assert.Equal(Of("nonzeros").GetInt32(), dense.Count(v => v != 0));
            Assert.Equal(Of("weights", "last_stored_position").GetInt32(), RelativeIndex.Decode(weight.Gaps)[^1]);
            Assert.Equal(Of("codebook", "sha256").GetString(), Hash(weight.Codebook));
            Assert.Equal(Of("bias", "sha256_f32le").GetString(), Hash(bias));
            Assert.Equal(Of("weights", "sha256_f32le_c_order").GetString(), Hash(dense));
            Assert.Equal(Of("weights", "sum_float64").GetDouble(), dense.Sum(v => (double)v), 9);
            foreach (var probe in Of("weights", "probes").EnumerateArray())
                Assert.Equal(probe[1].GetSingle(), dense[probe[0].GetInt32()]);
        }

        static string Hash(float[] values) => Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(values.AsSpan())));
    }

    [Fact]
    public void Our_Huffman_code_takes_the_bits_that_were_counted_elsewhere_for_the_released_SqueezeNet()
    {
        var path = RealWeights.Path("squeezenet-deep-compression/compressed_SqueezeNet.net");
        using var golden = JsonDocument.Parse(System.IO.File.ReadAllText(RealWeights.Path("squeezenet-deep-compression/golden_layers.json")));
        using var model = new SqueezeNet();
        CompressedModelFile.ToBytes(DeepCompressionFile.Read(path, Weights.Layers(model)), huffman: true, out var report);
        var weights = report.Tensors.Where(t => t.IndexBits > 0).ToArray();
        var totals = golden.RootElement.GetProperty("totals");
        long Total(string name) => totals.GetProperty(name).GetInt64();
        Assert.Equal(Total("wb"), weights.Sum(w => w.Entries * w.CodeBits));
        Assert.Equal(Total("ib"), weights.Sum(w => w.Entries * w.IndexBits));
        Assert.Equal(Total("whb"), weights.Sum(w => w.OptimalCodeBits));
        Assert.Equal(Total("ihb"), weights.Sum(w => w.OptimalIndexBits));
        Assert.Equal(Total("fillers"), weights.Sum(w => w.Fillers));
    }
}

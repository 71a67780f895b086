using System.Buffers.Binary;
using System.Text;
using ResearchKit.Formats;
using ResearchKit.Tests.Formats;

namespace ResearchKit.Tests.Contract.Samples;

sealed class JpegSample : FormatSample
{
    public override Type Covers => typeof(Jpeg);

    public override IEnumerable<byte[]> Files() => [JpegSamples.Colour, JpegSamples.Progressive];

    public override object Read(byte[] bytes) => Jpeg.Decode(bytes, "x");
}

sealed class PgmSample : FormatSample
{
    public override Type Covers => typeof(Pgm);

    public override IEnumerable<byte[]> Files() => [[.. "P5\n3 2\n255\n"u8, 1, 2, 3, 4, 5, 6], Encoding.ASCII.GetBytes("P2\n# drawn\n2 2\n15\n0 15 7 3\n")];

    public override object Read(byte[] bytes) => Pgm.Decode(bytes, "x");
}

/// <summary>The kit reads PyTorch's files and does not write them.</summary>
sealed class PyTorchFileSample : FormatSample
{
    public override Type Covers => typeof(PyTorchFile);

    public override IEnumerable<byte[]> Files() =>
        new[] { "tensors.zip.pth", "tensors.older.pth" }.Select(f => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "PyTorchGolden", f)));

    public override object Read(byte[] bytes) => PyTorchFile.Parse(bytes, "x");
}

sealed class TorchSharpFileSample : FormatSample
{
    public override Type Covers => typeof(TorchSharpFile);

    public override IEnumerable<byte[]> Files() => [Write([SafeTensor.Of<float>("fc.weight", [2, 3], [1, 2, 3, 4, 5, -6.5f]), SafeTensor.Of<long>("step", [], [-42])]), Write([])];

    public override object Read(byte[] bytes) => TorchSharpFile.Parse(bytes, "x");

    public override byte[] ReadAndWrite(byte[] bytes) => Write(TorchSharpFile.Parse(bytes, "x"));

    static byte[] Write(IReadOnlyList<SafeTensor> tensors)
    {
        using var stream = new MemoryStream();
        TorchSharpFile.Write(stream, tensors);
        return stream.ToArray();
    }
}

/// <summary>The authors' format, which only they write: one full layer of two inputs and one output with 4-bit codes.</summary>
sealed class DeepCompressionFileSample : FormatSample
{
    static readonly DeepCompressionLayer[] s_layers = [new("fc", [1, 2], 4)];

    public override Type Covers => typeof(DeepCompressionFile);

    public override IEnumerable<byte[]> Files()
    {
        var bytes = new byte[4 + (16 * 4) + 4 + 1 + 1];
        bytes[0] = 2; // entries
        for (int k = 1; k < 16; k++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(4 + (4 * k)), k / 8f);
        }

        BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(68), -1.5f); // the bias
        bytes[72] = 0x53; // codes 3 and 5
        bytes[73] = 0x00; // gaps 0 and 0
        return [bytes];
    }

    public override object Read(byte[] bytes) => DeepCompressionFile.Parse(bytes, s_layers, "x").Select(t => t.ToDense()).ToArray();
}

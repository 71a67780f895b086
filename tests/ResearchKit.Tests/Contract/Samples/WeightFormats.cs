using ResearchKit.Formats;
using ResearchKit.Tests.Formats;

namespace ResearchKit.Tests.Contract.Samples;

sealed class PyTorchFileSample : FormatSample
{
    public override Type Covers => typeof(PyTorchFile);

    public override IEnumerable<byte[]> Files() => [PyTorchFileTests.Golden("tensors.zip.pth"), PyTorchFileTests.Golden("tensors.older.pth")];

    public override object Read(byte[] bytes) => PyTorchFile.Parse(bytes, "x").Tensors();
}

sealed class DeepCompressionFileSample : FormatSample
{
    public override Type Covers => typeof(DeepCompressionFile);

    public override IEnumerable<byte[]> Files() => [DeepCompressionFileTests.File()];

    public override object Read(byte[] bytes) =>
        DeepCompressionFile.Parse(bytes, DeepCompressionFileTests.Layers, "x").Select(t => t.ToDense()).ToArray();
}

sealed class TorchSharpFileSample : FormatSample
{
    public override Type Covers => typeof(TorchSharpFile);

    public override IEnumerable<byte[]> Files() =>
    [
        Write([SafeTensor.Of<float>("fc.weight", [2, 3], [1, 2, 3, float.NaN, 5, -6.5f]), SafeTensor.Of<long>("steps", [], [-42]), SafeTensor.Of<float>("none", [0, 7], [])]),
        Write([]),
    ];

    public override object Read(byte[] bytes) => TorchSharpFile.Parse(bytes, "x");

    public override byte[] ReadAndWrite(byte[] bytes) => Write(TorchSharpFile.Parse(bytes, "x"));

    // One byte for each number below 128: the count; the name's length, dtype, dimensions and sizes of each tensor.
    public override long? LengthOf(byte[] bytes) => 1 + TorchSharpFile.Parse(bytes, "x").Sum(t => 3L + t.Name.Length + t.Shape.Length + t.Data.Length);

    static byte[] Write(IReadOnlyList<SafeTensor> tensors)
    {
        using var stream = new MemoryStream();
        TorchSharpFile.Write(stream, tensors);
        return stream.ToArray();
    }
}

using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace ResearchKit.Formats;

/// <summary>What a reader of a <see cref="DeepCompressionFile"/> has to know of a layer, as the file does not say it.</summary>
/// <param name="Name">The layer; its tensors are NAME.weight and NAME.bias.</param>
/// <param name="Shape">Of the weight, outputs first; there are as many biases as outputs.</param>
/// <param name="CodeBits">Width of a code: 8 for convolutions, 4 for fully connected layers.</param>
public sealed record DeepCompressionLayer(string Name, long[] Shape, int CodeBits);

/// <summary>
/// The files that the authors of Deep Compression (arXiv:1510.00149) released, such as <c>compressed_SqueezeNet.net</c>: pruned and
/// quantised, not Huffman coded.
/// </summary>
/// <remarks>
/// Little-endian, without names, shapes, magic number or checksum. First the number of stored entries of each layer (u32). Then for each
/// layer its codebook (2^CodeBits float32), its biases (float32), the entries' codes (one byte each, or two in a byte, the first in the low
/// half), and their gaps of 4 bits, two in a byte likewise, as <see cref="RelativeIndex"/> has them. Code 0 is the filler's, whose value is 0.
/// </remarks>
public static class DeepCompressionFile
{
    const int IndexBits = 4;

    /// <summary>Whether a file's numbers of entries and its length are those of a network of these layers.</summary>
    public static bool Recognises(ReadOnlySpan<byte> bytes, IReadOnlyList<DeepCompressionLayer> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        if (layers.Count == 0 || bytes.Length < sizeof(uint) * layers.Count)
            return false;
        long length = sizeof(uint) * layers.Count;
        for (var i = 0; i < layers.Count; i++)
        {
            var entries = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(sizeof(uint) * i)..]);
            if (entries > CompressedTensor.CheckedLength(layers[i].Shape))
                return false;
            length += LayerBytes(layers[i], (int)entries);
        }
        return length == bytes.Length;
    }

    /// <summary>Reads a file.</summary>
    /// <returns>For each layer a <see cref="QuantizedTensor"/> and its biases, a <see cref="DenseTensor"/>.</returns>
    /// <exception cref="InvalidDataException">The file is damaged or of another network; the message names layer and byte.</exception>
    public static IReadOnlyList<CompressedTensor> Read(string path, IReadOnlyList<DeepCompressionLayer> layers) =>
        Parse(File.ReadAllBytes(path), layers, path);

    /// <summary>Reads from memory; <paramref name="name"/> stands for the file in messages.</summary>
    /// <inheritdoc cref="Read"/>
    public static IReadOnlyList<CompressedTensor> Parse(ReadOnlySpan<byte> bytes, IReadOnlyList<DeepCompressionLayer> layers, string name)
    {
        ArgumentNullException.ThrowIfNull(layers);
        var header = sizeof(uint) * layers.Count;
        if (bytes.Length < header)
            throw Damaged(name, bytes.Length, $"the file ends within the numbers of entries of {layers.Count} layers");
        var tensors = new List<CompressedTensor>(2 * layers.Count);
        var at = header;
        for (var i = 0; i < layers.Count; i++)
        {
            var layer = layers[i];
            var weights = CompressedTensor.CheckedLength(layer.Shape);
            var count = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(sizeof(uint) * i)..]);
            if (count > weights)
                throw Damaged(name, sizeof(uint) * i, $"layer {i}, '{layer.Name}', has {count} entries for {weights} weights");
            var entries = (int)count;
            if (LayerBytes(layer, entries) > bytes.Length - at)
                throw Damaged(name, bytes.Length, $"the file ends within layer {i}, '{layer.Name}'");

            var codebook = Floats(bytes, ref at, 1 << layer.CodeBits);
            if (codebook[0] != 0)
                throw Damaged(name, at - sizeof(float) * codebook.Length, $"the codebook of '{layer.Name}' begins with {codebook[0]}, not with the filler's 0");
            var bias = Floats(bytes, ref at, (int)layer.Shape[0]);
            var codes = Numbers(bytes, ref at, entries, layer.CodeBits, name, layer.Name);
            var gaps = Numbers(bytes, ref at, entries, IndexBits, name, layer.Name);
            if (RelativeIndex.Span(gaps) is var span && span > weights)
                throw Damaged(name, at, $"the last entry of '{layer.Name}' is at {span - 1}, behind its {weights} weights");
            tensors.Add(new QuantizedTensor($"{layer.Name}.weight", layer.Shape, layer.CodeBits, IndexBits, codebook, codes, gaps));
            tensors.Add(new DenseTensor($"{layer.Name}.bias", [layer.Shape[0]], bias));
        }
        return at == bytes.Length ? tensors : throw Damaged(name, at, $"{bytes.Length - at} bytes follow the last layer");
    }

    static long LayerBytes(DeepCompressionLayer layer, int entries) =>
        sizeof(float) * ((1L << layer.CodeBits) + layer.Shape[0]) + BitPacking.Bytes(entries, layer.CodeBits) + BitPacking.Bytes(entries, IndexBits);

    static float[] Floats(ReadOnlySpan<byte> bytes, ref int at, int count)
    {
        var values = MemoryMarshal.Cast<byte, float>(bytes.Slice(at, sizeof(float) * count)).ToArray();
        at += sizeof(float) * count;
        return values;
    }

    static byte[] Numbers(ReadOnlySpan<byte> bytes, ref int at, int count, int bits, string name, string layer)
    {
        var length = (int)BitPacking.Bytes(count, bits);
        var packed = bytes.Slice(at, length);
        var numbers = GC.AllocateUninitializedArray<byte>(count);
        if (bits == 8)
            packed.CopyTo(numbers);
        else if (!BitPacking.Unpack(packed, bits, numbers))
            throw Damaged(name, at + length - 1, $"the unused half of the last byte of '{layer}' is not 0");
        at += length;
        return numbers;
    }

    static InvalidDataException Damaged(string name, long offset, string reason) =>
        new($"'{name}' cannot be read as a released Deep Compression file of this network: {reason} (byte {offset}). Get it again.");
}

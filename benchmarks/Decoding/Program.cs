using System.Globalization;
using ResearchKit.Formats;
using ResearchKit.Measuring;
using ResearchKit.Models;
using ResearchKit.Training;

// The released Deep Compression file of SqueezeNet to 1,248,424 floats, one thread, in paired rounds against two others: a decoder that
// does what the format says entry by entry, and copying the same weights from a safetensors file, which is what compression competes with.
// Usage: dotnet run -c Release --project benchmarks/Decoding FILE [rounds]
if (args.Length is < 1 or > 2)
{
    Console.Error.WriteLine("Usage: Decoding compressed_SqueezeNet.net [rounds]");
    return 2;
}

var path = args[0];
var rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 41;
using var model = new SqueezeNet();
var layers = Weights.Layers(model);
var bytes = File.ReadAllBytes(path);

float[][] Decode() => [.. DeepCompressionFile.Parse(bytes, layers, path).Select(t => t.ToDense())];
float[][] DecodeFile() => [.. DeepCompressionFile.Read(path, layers).Select(t => t.ToDense())];
if (!Decode().Zip(EntryByEntry(), (a, b) => a.AsSpan().SequenceEqual(b)).All(equal => equal))
    throw new InvalidOperationException("The two decoders disagree.");

var dense = Path.Combine(Path.GetTempPath(), $"decoding-{Environment.ProcessId}.safetensors");
try
{
    using (var stream = File.Create(dense))
        SafeTensors.Write(stream, [.. DeepCompressionFile.Parse(bytes, layers, path).Select(t => SafeTensor.Of<float>(t.Name, t.Shape, t.ToDense()))]);
    var load = File.ReadAllText("/proc/loadavg").Split(' ')[0];
    Console.WriteLine($"{layers.Count} layers, {bytes.Length:N0} bytes, medians of {rounds} paired rounds. Load average: {load}");
    Console.WriteLine();
    Console.WriteLine("| to floats | ms | baseline | ms | baseline / ours (quartiles) |");
    Console.WriteLine("|---|---|---|---|---|");
    Row("from memory", () => Decode(), "entry by entry, from memory", () => EntryByEntry());
    Row("from the file", () => DecodeFile(), $"safetensors, {new FileInfo(dense).Length:N0} bytes, from the file", () => ReadDense(dense));
}
finally
{
    File.Delete(dense);
}

return 0;

void Row(string what, Action ours, string baseline, Action theirs)
{
    var result = PairedLatency.Of(theirs, ours, rounds, millisecondsPerRound: 50);
    Console.WriteLine($"| {what} | {result.Candidate:F2} | {baseline} | {result.Baseline:F2} | {result.Ratio:F2} ({result.Low:F2} to {result.High:F2}) |");
}

static float[][] ReadDense(string path) => [.. SafeTensors.Read(path).Tensors.Select(t => t.ToArray<float>())];

float[][] EntryByEntry()
{
    using var reader = new BinaryReader(new MemoryStream(bytes));
    var entries = layers.Select(_ => reader.ReadInt32()).ToArray();
    var decoded = new List<float[]>();
    foreach (var (layer, n) in layers.Zip(entries))
    {
        var codebook = Enumerable.Range(0, 256).Select(_ => reader.ReadSingle()).ToArray();
        var bias = Enumerable.Range(0, (int)layer.Shape[0]).Select(_ => reader.ReadSingle()).ToArray();
        var codes = reader.ReadBytes(n);
        var nibbles = reader.ReadBytes((n + 1) / 2);
        var weights = new float[layer.Shape.Aggregate((a, b) => a * b)];
        var position = -1;
        for (var i = 0; i < n; i++)
        {
            position += (i % 2 == 0 ? nibbles[i / 2] & 15 : nibbles[i / 2] >> 4) + 1;
            weights[position] = codebook[codes[i]];
        }
        decoded.AddRange([weights, bias]);
    }
    return [.. decoded];
}

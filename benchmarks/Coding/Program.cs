using System.Diagnostics;
using System.Globalization;
using ResearchKit.Benchmarks.Coding;
using ResearchKit.Formats;
using ResearchKit.Tests.Formats;

// Entropy coding of 16 Mi symbols, one thread: every contestant once in each round, medians over the rounds, of the thread's CPU
// time and of wall time (where these differ much, neighbours were busy).
// Usage: dotnet run -c Release --project benchmarks/Coding [rounds]
var rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 9;
const int Symbols = 16 << 20;
// The bit-by-bit reference is slow; it decodes a sixteenth.
const int ReferenceSymbols = Symbols / 16;

Console.WriteLine($"{Symbols:N0} symbols, one thread, medians of {rounds} alternating rounds, M symbols/s (best), by CPU and by wall time. Load average: "
    + File.ReadAllText("/proc/loadavg").Split(' ')[0]);
Console.WriteLine();
Console.WriteLine("| Stream | Coder | Size % | Bits/symbol | Encode, CPU | Encode, wall | Decode, CPU | Decode, wall |");
Console.WriteLine("|---|---|---|---|---|---|---|---|");
Measure("5-bit Gaussian", Gaussian());
Measure("5-bit gaps, density 9 %", Gaps());

void Measure(string stream, byte[] symbols)
{
    var counts = HuffmanLengths.Count(symbols, 32);
    HuffmanLengths.Optimal(counts, out var optimalBits);
    var decoded = new byte[Symbols];
    var zlibBuffer = new byte[Symbols + Symbols / 8];
    // The table is part of the work: each encoding counts symbols and builds the code, each decoding builds its table.
    var contestants = new List<Contestant>
    {
        new(
            "zlib, Huffman only",
            Symbols,
            () => Zlib.Compress(symbols, zlibBuffer),
            size => Zlib.Decompress(zlibBuffer.AsSpan(0, size), decoded)),
    };
    foreach (var vectors in new[] { false, true })
    {
        if (vectors && !HuffmanVector.IsSupported) continue;
        byte[] lengths = [];
        var encoded = new byte[HuffmanStream.MaximumBytes(Symbols)];
        contestants.Add(new(
            vectors ? "ResearchKit, AVX-512" : "ResearchKit, portable",
            Symbols,
            () =>
            {
                var code = HuffmanCode.FromCounts(HuffmanLengths.Count(symbols, 32));
                lengths = code.Lengths.ToArray();
                return HuffmanStream.Encode(symbols, code, encoded, vectors);
            },
            size => HuffmanStream.Decode(encoded.AsSpan(0, size), HuffmanCode.FromLengths(lengths), decoded, vectors)));
    }

    var part = symbols[..ReferenceSymbols];
    var partCode = HuffmanCode.FromCounts(counts);
    var partEncoded = HuffmanStream.Encode(part, partCode);
    contestants.Insert(0, new(
        "reference, bit by bit",
        ReferenceSymbols,
        null,
        _ => HuffmanReference.Decode(partEncoded, partCode.Lengths, ReferenceSymbols).CopyTo(decoded, 0)));

    for (var round = -2; round < rounds; round++)
    {
        foreach (var contestant in contestants)
        {
            Array.Clear(decoded);
            contestant.Run(keep: round >= 0);
            if (!decoded.AsSpan(0, contestant.Count).SequenceEqual(symbols.AsSpan(0, contestant.Count)))
                throw new InvalidOperationException($"{contestant.Name} does not decode what was encoded.");
        }
    }

    Console.WriteLine(
        $"| {stream} | (entropy; optimal Huffman) | "
        + $"| {HuffmanLengths.Entropy(counts):F4}; {optimalBits / (double)Symbols:F4} | | | | |");
    foreach (var contestant in contestants) Console.WriteLine($"| {stream} | {contestant.Row()} |");
}

static byte[] Gaussian()
{
    var random = new Random(1);
    var symbols = new byte[Symbols];
    for (var i = 0; i < symbols.Length; i++)
    {
        var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        symbols[i] = (byte)Math.Clamp(Math.Round(16 + 5 * normal), 0, 31);
    }

    return symbols;
}

static byte[] Gaps()
{
    var random = new Random(2);
    var symbols = new byte[Symbols];
    var zeros = 0;
    for (var i = 0; i < symbols.Length;)
    {
        if (random.NextDouble() >= 0.09 && zeros < 31)
        {
            zeros++;
            continue;
        }

        symbols[i++] = (byte)zeros;
        zeros = 0;
    }

    return symbols;
}

sealed record Contestant(string Name, int Count, Func<int>? Encode, Action<int> Decode)
{
    readonly List<Duration> encodings = [], decodings = [];
    int size;

    internal void Run(bool keep)
    {
        var encoding = Duration.Of(() => size = Encode?.Invoke() ?? 0);
        var decoding = Duration.Of(() => Decode(size));
        if (!keep) return;
        if (Encode is not null) encodings.Add(encoding);
        decodings.Add(decoding);
    }

    internal string Row() =>
        $"{Name} | {(size > 0 ? $"{100.0 * size / Count:F2} | {8.0 * size / Count:F4}" : "|")} | "
        + $"{Rate(encodings, time => time.Cpu)} | {Rate(encodings, time => time.Wall)} | "
        + $"{Rate(decodings, time => time.Cpu)} | {Rate(decodings, time => time.Wall)}";

    string Rate(List<Duration> durations, Func<Duration, double> clock)
    {
        if (durations.Count == 0) return "";
        var seconds = durations.Select(clock).Order().ToArray();
        return $"{Count / seconds[seconds.Length / 2] / 1e6:F0} ({Count / seconds[0] / 1e6:F0})";
    }
}

readonly record struct Duration(double Wall, double Cpu)
{
    internal static Duration Of(Action action)
    {
        var wall = Stopwatch.GetTimestamp();
        var cpu = ThreadClock.Seconds;
        action();
        return new(Stopwatch.GetElapsedTime(wall).TotalSeconds, ThreadClock.Seconds - cpu);
    }
}

using System.Diagnostics;
using System.Numerics;
using ResearchKit.Kernels;
using ResearchKit.Measuring;
using TorchSharp;
using static TorchSharp.torch;

namespace ResearchKit.Benchmarks.SparseKernels;

/// <summary>
/// Sparse rows against libtorch's product for full layers at the densities of Deep Compression's Table 8, and against the rate at which this
/// machine reads as many bytes as the sparse matrix has: at batch 1 each is read once.
/// </summary>
static class FullLayers
{
    static readonly (string Name, int Rows, int Columns, double Density)[] s_layers =
    [
        ("LeNet-300-100 ip1", 300, 784, 0.08), ("LeNet-5 ip1", 500, 800, 0.08), ("AlexNet fc6", 4096, 9216, 0.09), ("AlexNet fc7", 4096, 4096, 0.09),
        ("AlexNet fc8", 1000, 4096, 0.25), ("VGG-16 fc6", 4096, 25088, 0.04), ("VGG-16 fc7", 4096, 4096, 0.04),
    ];

    internal static void Run(int threads, int batch, int rounds)
    {
        Console.WriteLine("| layer | zeros | CSR KiB | dense µs | CSR µs | times dense | GB/s | reading alone, GB/s | share |");
        Console.WriteLine("|---|--:|--:|--:|--:|--:|--:|--:|--:|");
        foreach (var (name, rows, columns, density) in s_layers)
        {
            using var scope = NewDisposeScope();
            var weight = randn([rows, columns]) * rand([rows, columns]).lt(density);
            var x = randn([batch, columns]);
            var sparse = new CsrMatrix(weight.data<float>().ToArray(), rows, columns);
            float[] input = x.data<float>().ToArray(), output = new float[batch * rows];
            void Ours() => sparse.Multiply(input, output, batch, threads);
            Ours();
            var expected = nn.functional.linear(x, weight);
            var error = (tensor(output).view(expected.shape) - expected).abs().max().ToDouble() / expected.abs().max().ToDouble();
            if (error > 1e-4)
                throw new InvalidOperationException($"{name}: wrong by {error} of the largest value.");
            var bytes = new float[Math.Max(1, sparse.Bytes / sizeof(float))];
            Array.Fill(bytes, 1);
            // Until the compiler has settled.
            for (var warm = Stopwatch.StartNew(); warm.ElapsedMilliseconds < 500;)
            {
                Ours();
                Read(bytes, threads);
            }

            var against = PairedLatency.Of(() => nn.functional.linear(x, weight).Dispose(), Ours, rounds, 20);
            var reading = PairedLatency.Of(() => Read(bytes, threads), Ours, rounds, 20);
            var (limit, rate) = (1e-6 * sparse.Bytes / reading.Baseline, 1e-6 * sparse.Bytes / reading.Candidate);
            Console.WriteLine($"| {name}, {rows}x{columns} | {100 * (1 - density):0} % | {sparse.Bytes / 1024:N0} | {1000 * against.Baseline:0} | {1000 * against.Candidate:0} | "
                + $"{against.Ratio:0.0} | {rate:0.0} | {limit:0.0} | {100 * rate / limit:0} % |");
        }
    }

    static volatile float s_sum;

    /// <summary>Adds all numbers, in eight vectors at a time, so that the loads are the limit.</summary>
    static void Read(float[] values, int threads)
    {
        if (threads == 1)
        {
            s_sum = Sum(values);
            return;
        }

        var part = (values.Length + threads - 1) / threads;
        Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, t =>
        {
            var from = Math.Min(values.Length, t * part);
            s_sum = Sum(values.AsSpan(from, Math.Min(part, values.Length - from)));
        });
    }

    static float Sum(ReadOnlySpan<float> values)
    {
        var (width, i) = (Vector<float>.Count, 0);
        Vector<float> a = Vector<float>.Zero, b = a, c = a, d = a, e = a, f = a, g = a, h = a;
        for (; i <= values.Length - (8 * width); i += 8 * width)
        {
            a += new Vector<float>(values[i..]);
            b += new Vector<float>(values[(i + width)..]);
            c += new Vector<float>(values[(i + (2 * width))..]);
            d += new Vector<float>(values[(i + (3 * width))..]);
            e += new Vector<float>(values[(i + (4 * width))..]);
            f += new Vector<float>(values[(i + (5 * width))..]);
            g += new Vector<float>(values[(i + (6 * width))..]);
            h += new Vector<float>(values[(i + (7 * width))..]);
        }

        var sum = Vector.Sum(a + b + c + d + (e + f + g + h));
        for (; i < values.Length; i++)
            sum += values[i];
        return sum;
    }
}

using ResearchKit.Data;
using ResearchKit.Kernels;
using ResearchKit.Measuring;
using static TorchSharp.torch;

namespace ResearchKit.Papers.Ssl;

/// <summary>
/// The matrix product that a lowered convolution is, [filters, places] by [places, positions], timed against what is left of it: as the paper,
/// the product alone.
/// </summary>
static class LayerSpeed
{
    /// <summary>Dense against the smaller dense product without rows and columns of zeros.</summary>
    /// <param name="filters">Rows.</param>
    /// <param name="places">Columns.</param>
    /// <param name="keptFilters">Rows that are left.</param>
    /// <param name="keptPlaces">Columns that are left.</param>
    /// <param name="positions">Columns of the right-hand side: output pixels of all images.</param>
    /// <param name="rounds">Paired rounds.</param>
    internal static PairedLatency Structured(int filters, int places, int keptFilters, int keptPlaces, int positions, int rounds)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var (w, x) = (randn([filters, places]), randn([places, positions]));
        var (thinW, thinX) = (randn([keptFilters, keptPlaces]), randn([keptPlaces, positions]));
        return PairedLatency.Of(() => w.mm(x).Dispose(), () => thinW.mm(thinX).Dispose(), rounds);
    }

    /// <summary>Dense against compressed sparse rows with zeros at random places.</summary>
    /// <param name="filters">Rows.</param>
    /// <param name="places">Columns.</param>
    /// <param name="sparsity">Share of zeros.</param>
    /// <param name="positions">Columns of the right-hand side.</param>
    /// <param name="rounds">Paired rounds.</param>
    /// <param name="seed">Of the zeros' places.</param>
    internal static PairedLatency Unstructured(int filters, int places, double sparsity, int positions, int rounds, int seed)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var random = new SplitMix64((ulong)seed, (ulong)places);
        float[] values = [.. Enumerable.Range(0, filters * places).Select(_ => random.NextDouble() < sparsity ? 0 : (float)(random.NextDouble() - 0.5))];
        var sparse = new CsrMatrix(values, filters, places);
        var (w, x) = (tensor(values, new long[] { filters, places }), randn([places, positions]));
        float[] samples = x.t().contiguous().data<float>().ToArray(), output = new float[positions * filters];
        int threads = get_num_threads();
        var latency = PairedLatency.Of(() => w.mm(x).Dispose(), () => sparse.Multiply(samples, output, positions, threads), rounds);

        // A time counts only beside a right result.
        var expected = w.mm(x);
        double error = (tensor(output, new long[] { positions, filters }).t() - expected).abs().max().ToDouble() / expected.abs().max().ToDouble();
        return error < 1e-4 ? latency : throw new InvalidOperationException($"The sparse product is wrong by {error} of its largest value.");
    }
}

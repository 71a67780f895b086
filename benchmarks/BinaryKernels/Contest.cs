using ResearchKit.Kernels;
using ResearchKit.Papers.XnorNet;
using TorchSharp;
using static TorchSharp.torch;

namespace ResearchKit.Benchmarks.BinaryKernels;

/// <summary>One layer at one batch size: results compared, then times.</summary>
sealed unsafe class Contest
{
    readonly Layer layer;
    readonly int batch, threads;
    readonly float[] x, weights, y;
    readonly BinaryConvolution binary;

    internal Contest(Layer layer, int batch, int threads)
    {
        (this.layer, this.batch, this.threads) = (layer, batch, threads);
        var random = new Random(1);
        (x, weights) = (Normal(random, layer.Inputs(batch)), Normal(random, layer.Geometry.Weights));
        y = new float[layer.Outputs(batch)];
        binary = new(layer.Geometry, weights);
    }

    static float[] Normal(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())))];

    /// <summary>All contestants; the plain C# ones only where asked for, as they take long.</summary>
    internal Rounds Run(int rounds, bool plain)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var g = layer.Geometry;
        var input = tensor(x).reshape(batch, g.Channels, layer.Size, layer.Size);
        var filters = tensor(weights).reshape(g.Filters, g.Channels, g.KernelHeight, g.KernelWidth);
        var (inputLast, filtersLast) = (ChannelsLast(input), ChannelsLast(filters));
        // In memory a channels_last tensor is NHWC.
        var xLast = inputLast.permute(0, 2, 3, 1).contiguous().data<float>().ToArray();
        Compare(input, filters, xLast);

        var contest = new Rounds()
            .Add("layer", () => binary.Run(xLast, y, batch, layer.Size, layer.Size, ImageLayout.Nhwc, true, threads))
            .Add("layer, NCHW", () => binary.Run(x, y, batch, layer.Size, layer.Size, ImageLayout.Nchw, true, threads))
            .Add("pack", () => Pack(xLast))
            .Add("product", Product())
            .Add("libtorch", () => Convolve(input, filters))
            .Add("libtorch, channels_last", () => Convolve(inputLast, filtersLast));
        if (plain)
        {
            var columns = new float[layer.OutputSize * layer.OutputSize * g.Channels * g.Taps];
            contest.Add("im2col", () => FloatConvolution.Im2Col(x, weights, y, columns, layer, batch));
            contest.Add("scalar", Plain);
        }
        return contest.Run(rounds);
    }

    static Tensor Signs(float[] values) => tensor(values.Select(value => value < 0 ? -1f : 1f).ToArray());

    static Tensor ChannelsLast(Tensor t) => t.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);

    void Convolve(Tensor input, Tensor filters)
    {
        using var result = nn.functional.conv2d(
            input, filters, strides: [layer.Geometry.Stride, layer.Geometry.Stride], padding: [layer.Geometry.Padding, layer.Geometry.Padding]);
    }

    // Image after image: what a reader would write first.
    void Plain()
    {
        var (inputs, outputs) = (layer.Inputs(1), layer.Outputs(1));
        for (var image = 0; image < batch; image++)
            PlainConvolution.Run(layer.Geometry, x.AsSpan(image * inputs, inputs), weights, y.AsSpan(image * outputs, outputs), layer.Size, layer.Size);
    }

    void Pack(float[] input)
    {
        fixed (float* start = input) binary.Pack(start, batch, layer.Size, layer.Size, ImageLayout.Nhwc, true, threads);
    }

    /// <summary>The product alone, to integers in memory: rows that are lowered already, tables, look-ups, counting, reading.</summary>
    Action Product()
    {
        var (g, set) = (layer.Geometry, InstructionSets.Best);
        var rows = batch * layer.OutputSize * layer.OutputSize;
        var slices = new BitSlices(g.Filters, g.Taps, g.Channels, 1);
        var tile = Math.Clamp((1 << 18) / slices.Groups, 16, 256);
        var patterns = new PinnedMemory((long)rows * slices.Groups + 16);
        var random = new Random(2);
        for (var i = 0L; i < (long)rows * slices.Groups; i++) patterns.Start[i] = (byte)(random.Next(8) << 4);
        var workers = Enumerable.Range(0, threads).Select(_ => (Product: new BitProduct(slices, 1, true, tile), Sums: new PinnedMemory(256 * 4))).ToArray();
        void Part(int thread)
        {
            var (product, sums) = workers[thread];
            var (begin, end) = ((int)((long)rows * thread / threads), (int)((long)rows * (thread + 1) / threads));
            for (var first = begin; first < end; first += tile)
            {
                var count = Math.Min(tile, end - first);
                for (var word = 0; word < slices.Words;)
                {
                    var words = product.BlockWords(word, set);
                    product.Count(word, patterns.Start + (long)first * slices.Groups, slices.Groups, 0, count, set);
                    for (var row = 0; row < count; row++) product.Read(row, words, (int*)sums.Start, set);
                    word += words;
                }
            }
        }
        return () =>
        {
            if (threads == 1) Part(0);
            else Parallel.For(0, threads, new() { MaxDegreeOfParallelism = threads }, Part);
            GC.KeepAlive(patterns);
        };
    }

    /// <summary>No times without the right result: the convolution of the signs, exactly, and the layer to six digits.</summary>
    void Compare(Tensor input, Tensor filters, float[] xLast)
    {
        var dots = new int[y.Length];
        binary.Dot(xLast, dots, batch, layer.Size, layer.Size, ImageLayout.Nhwc, threads);
        using var expected = nn.functional.conv2d(
            Signs(x).reshape(input.shape), Signs(weights).reshape(filters.shape),
            strides: [layer.Geometry.Stride, layer.Geometry.Stride], padding: [layer.Geometry.Padding, layer.Geometry.Padding]).permute(0, 2, 3, 1).contiguous();
        var values = expected.data<float>().ToArray();
        for (var i = 0; i < dots.Length; i++)
            if (dots[i] != values[i]) throw new InvalidOperationException($"{layer.Name}: sum {i} is {dots[i]} instead of {values[i]}.");
    }
}

using System.Runtime.Intrinsics;
using ResearchKit.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace ResearchKit.Benchmarks.BinaryKernels;

/// <summary>
/// ResNet-18 on 224 x 224 with random weights: the float network on oneDNN (channels_last, normalisation folded into the convolutions),
/// and its XNOR twin with real first convolution, last layer and shortcuts; blocks are normalisation, sign, convolution (B-A-C).
/// </summary>
sealed class ResNet18
{
    sealed record Convolution(Layer Layer, Tensor Filters, Tensor Bias, BinaryConvolution Binary, float[] Gain, float[] Shift, float[] Normalised, float[] Output);

    sealed record Block(Convolution First, Convolution Second, Tensor? Shortcut, int Stride, float[] ShortcutOutput);

    readonly Random random = new(1);
    readonly int threads;
    readonly Tensor image, stem, stemBias, head;
    readonly List<Block> blocks = [];
    readonly float[] stemOutput = new float[64 * 56 * 56];

    internal ResNet18(int threads)
    {
        this.threads = threads;
        image = ChannelsLast(Random(1, 3, 224, 224));
        (stem, stemBias, head) = (ChannelsLast(Random(64, 3, 7, 7) * 0.1), Random(64), Random(1000, 512) * 0.05);
        var (channels, size) = (64, 56);
        foreach (var filters in new[] { 64, 64, 128, 128, 256, 256, 512, 512 })
        {
            var stride = filters == channels ? 1 : 2;
            var first = Of(channels, filters, size, stride);
            size /= stride;
            blocks.Add(new(
                first, Of(filters, filters, size, 1), stride == 1 ? null : ChannelsLast(Random(filters, channels, 1, 1) * 0.1), stride, new float[filters * size * size]));
            channels = filters;
        }
    }

    Convolution Of(int channels, int filters, int size, int stride)
    {
        var layer = Layer.Same("", channels, filters, 3, size, stride);
        var weights = Random(filters, channels, 3, 3) * Math.Sqrt(2.0 / (9 * channels));
        return new(
            layer, ChannelsLast(weights), Random(filters) * 0.1, new(layer.Geometry, weights.data<float>().ToArray()),
            [.. Enumerable.Range(0, channels).Select(_ => 0.5f + random.NextSingle())], [.. Enumerable.Range(0, channels).Select(_ => random.NextSingle() - 0.5f)],
            new float[layer.Inputs(1)], new float[layer.Outputs(1)]);
    }

    Tensor Random(params long[] shape)
    {
        var values = new float[shape.Aggregate(1L, (a, b) => a * b)];
        for (var i = 0; i < values.Length; i++)
            values[i] = (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        return tensor(values).reshape(shape);
    }

    static Tensor ChannelsLast(Tensor t) => t.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);

    /// <summary>What both networks begin with: a real convolution of 7 x 7, ReLU, pooling.</summary>
    Tensor Stem() => nn.functional.max_pool2d(nn.functional.relu(nn.functional.conv2d(image, stem, stemBias, [2, 2], [3, 3]), inplace: true), 3, 2, 1);

    Tensor Head(Tensor x) => nn.functional.linear(x.mean([2, 3]), head);

    static Tensor Shortcut(Block block, Tensor x) => nn.functional.conv2d(x, block.Shortcut!, strides: [block.Stride, block.Stride]);

    internal Tensor Float()
    {
        var x = Stem();
        foreach (var block in blocks)
        {
            var shortcut = block.Shortcut is null ? x : Shortcut(block, x);
            var y = nn.functional.relu(Convolve(x, block.First), inplace: true);
            x = nn.functional.relu(Convolve(y, block.Second).add_(shortcut), inplace: true);
        }
        return Head(x);
    }

    static Tensor Convolve(Tensor x, Convolution c) =>
        nn.functional.conv2d(x, c.Filters, c.Bias, [c.Layer.Geometry.Stride, c.Layer.Geometry.Stride], [1, 1]);

    internal Tensor Xnor()
    {
        var x = stemOutput;
        Copy(Stem(), x);
        foreach (var block in blocks)
        {
            var shortcut = x;
            if (block.Shortcut is not null)
                Copy(Shortcut(block, Image(x, block.First.Layer.Size)), shortcut = block.ShortcutOutput);
            Run(x, block.First);
            Run(block.First.Output, block.Second);
            x = block.Second.Output;
            Add(x, shortcut);
        }
        return Head(Image(x, 7));
    }

    // In memory a channels_last tensor is NHWC.
    static void Copy(Tensor from, float[] to) => from.permute(0, 2, 3, 1).data<float>().CopyTo(to);

    static Tensor Image(float[] x, int size) => tensor(x).reshape(1, size, size, x.Length / (size * size)).permute(0, 3, 1, 2);

    void Run(float[] x, Convolution c)
    {
        Normalise(x, c.Gain, c.Shift, c.Normalised);
        c.Binary.Run(c.Normalised, c.Output, 1, c.Layer.Size, c.Layer.Size, ImageLayout.Nhwc, true, threads);
    }

    static void Normalise(float[] x, float[] gain, float[] shift, float[] y)
    {
        ref float from = ref x[0], to = ref y[0], a = ref gain[0], b = ref shift[0];
        for (nuint pixel = 0; pixel < (nuint)x.Length; pixel += (nuint)gain.Length)
            for (nuint channel = 0; channel < (nuint)gain.Length; channel += (nuint)Vector512<float>.Count)
                (Vector512.LoadUnsafe(ref from, pixel + channel) * Vector512.LoadUnsafe(ref a, channel) + Vector512.LoadUnsafe(ref b, channel))
                    .StoreUnsafe(ref to, pixel + channel);
    }

    static void Add(float[] x, float[] y)
    {
        ref float a = ref x[0], b = ref y[0];
        for (nuint i = 0; i < (nuint)x.Length; i += (nuint)Vector512<float>.Count)
            (Vector512.LoadUnsafe(ref a, i) + Vector512.LoadUnsafe(ref b, i)).StoreUnsafe(ref a, i);
    }

    /// <summary>The XNOR network in float operators, as training sees it.</summary>
    internal Tensor Simulated()
    {
        var x = Stem();
        foreach (var block in blocks)
        {
            var shortcut = block.Shortcut is null ? x : Shortcut(block, x);
            x = Simulated(Simulated(x, block.First), block.Second) + shortcut;
        }
        return Head(x);
    }

    static Tensor Simulated(Tensor x, Convolution c)
    {
        var stride = c.Layer.Geometry.Stride;
        var z = x * tensor(c.Gain).reshape(1, -1, 1, 1) + tensor(c.Shift).reshape(1, -1, 1, 1);
        var k = nn.functional.avg_pool2d(z.abs().mean([1], keepdim: true), 3, stride, 1);
        var dots = nn.functional.conv2d(Signs(z), Signs(c.Filters), null, [stride, stride], [1, 1]);
        return dots * tensor(c.Binary.Alpha.ToArray()).reshape(1, -1, 1, 1) * k;
    }

    static Tensor Signs(Tensor x) => x.ge(0).to(float32) * 2 - 1;

    /// <summary>Both networks in alternating rounds, after the packed one has been compared with its simulation.</summary>
    internal static void Measure(int threads, int rounds)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var network = new ResNet18(threads);
        var (packed, simulated) = (network.Xnor().data<float>().ToArray(), network.Simulated().data<float>().ToArray());
        // A sum that is rounded otherwise now and then flips the sign of a value near zero, hence not to all digits.
        var difference = packed.Zip(simulated, (a, b) => Math.Abs(a - b)).Max() / simulated.Max(Math.Abs);
        if (difference > 1e-2) throw new InvalidOperationException($"The packed network's logits differ from the float ones by {difference:P1}.");
        void Once(Func<Tensor> run)
        {
            using var inner = NewDisposeScope();
            run();
        }
        var r = new Rounds().Add("float", () => Once(network.Float)).Add("xnor", () => Once(network.Xnor)).Add("stem", () => Once(network.Stem)).Run(rounds);
        Console.WriteLine(
            $"ResNet-18, 224 x 224, batch 1, {threads} thread(s): float {r.Median("float") / 1e3:F2} ms, XNOR {r.Median("xnor") / 1e3:F2} ms, of which first layer "
            + $"and pooling {r.Median("stem") / 1e3:F2} ms: {r.Ratio("float", "xnor"):F2} times; logits differ by {difference:E1} of the largest");
    }
}

using System.Runtime.InteropServices;
using ResearchKit.Formats;
using ResearchKit.Kernels;
using ResearchKit.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using static TorchSharp.torch.nn.functional;

namespace ResearchKit.Papers.XnorNet;

/// <summary>
/// A convolution with binary weights, and with binary inputs if asked for (arXiv:1603.05279, Eq. 1 and Eq. 11). It trains on floats; after
/// <see cref="Pack"/> it runs on bits. A full layer is one whose filter covers the whole map.
/// </summary>
public sealed class BinaryConv2d : Module<Tensor, Tensor>, IOnnxModule
{
    readonly Parameter weight, bias;
    readonly Parameter? scale;
    readonly long _stride, _padding;
    readonly bool _signsInput;
    BinaryConvolution? _packed;
    Tensor? _signed;

    /// <summary>Draws PyTorch's default initial weights from the global generator; biases are 0.</summary>
    /// <param name="inputs">Channels of the input, C.</param>
    /// <param name="outputs">Filters, F.</param>
    /// <param name="kernel">Side of a filter.</param>
    /// <param name="padding">Pixels of 0 around the signs of the input, as in the authors' code; on bits they are taken out exactly.</param>
    /// <param name="stride">Step of the window.</param>
    /// <param name="options">What is binary, and how.</param>
    /// <param name="signsInput">Whether binary inputs come as real numbers, whose signs are taken here; else signs come.</param>
    public BinaryConv2d(long inputs, long outputs, long kernel, long padding = 0, long stride = 1, BinaryOptions? options = null, bool signsInput = true)
        : base(nameof(BinaryConv2d))
    {
        Options = options ?? new();
        (_padding, _stride, _signsInput) = (padding, stride, signsInput);
        weight = new Parameter(empty(outputs, inputs, kernel, kernel));
        init.kaiming_uniform_(weight, Math.Sqrt(5));
        bias = new Parameter(zeros(outputs));
        if (Options.Scale == FilterScale.Learned)
        {
            // It starts where the paper's factor is.
            using var noGrad = no_grad();
            scale = new Parameter(Alpha(weight));
        }

        RegisterComponents();
    }

    /// <summary>What is binary, and how.</summary>
    public BinaryOptions Options { get; }

    /// <summary>The real weights, [F, C, h, w].</summary>
    public Tensor Weight => weight;

    /// <summary>The layer.</summary>
    /// <param name="input">[N, C, H, W].</param>
    /// <returns>[N, F, H', W'].</returns>
    public override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (training)
        {
            _packed = null; // the weights are about to move
            _signed?.Dispose();
            _signed = null;
        }

        if (_packed is not null)
        {
            return OnBits(input, _packed);
        }

        if (_signed is not null)
        {
            return conv2d(input, _signed, bias, [_stride, _stride], [_padding, _padding]);
        }

        bool isXnor = Options.Binarisation == Binarisation.WeightsAndInputs;
        var signs = WeightSign.apply(weight, Options.Scale, Options.Gradient);
        var x = isXnor && _signsInput ? InputSign.apply(input) : input;
        var y = conv2d(x, signs, null, [_stride, _stride], [_padding, _padding]);
        var (alpha, k) = (Factors(), isXnor && Options.InputScale ? K(input, weight.shape[2], _stride, _padding) : null);
        if ((k is null ? alpha : alpha is null ? k : alpha * k) is { } factors)
        {
            y = y * factors;
        }

        y = y + bias.view(1, -1, 1, 1);
        return Options.BinaryGradient && training ? GradientSign.apply(y) : y;
    }

    /// <summary>
    /// Switches to bits: from here on, in evaluation, signs are multiplied by signs in <see cref="BinaryConvolution"/>. Training takes it back. A
    /// layer with real inputs has no product of signs: it keeps alpha times its signs as floats, and is an ordinary convolution.
    /// </summary>
    public void Pack()
    {
        eval();
        var packed = ToTensor("weight");
        if (Options.Binarisation != Binarisation.WeightsAndInputs)
        {
            _signed = tensor(packed.ToDense(), packed.Shape).to(weight.dtype).DetachFromDisposeScope();
            return;
        }

        _packed = new(new((int)weight.shape[1], (int)weight.shape[0], (int)weight.shape[2], (int)weight.shape[3], (int)_stride, (int)_padding), packed.Signs, packed.Scales);
    }

    /// <summary>The weights as they are stored: a bit each, and a factor for each filter.</summary>
    /// <param name="name">The tensor's name in the file.</param>
    public BinaryTensor ToTensor(string name)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var factors = Factors() ?? ones(weight.shape[0]);
        return BinaryTensor.FromDense(name, weight.shape, weight.detach().contiguous().data<float>().ToArray(), factors.detach().flatten().data<float>().ToArray());
    }

    string IOnnxModule.ToOnnx(OnnxGraph graph, string x)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        bool isXnor = Options.Binarisation == Binarisation.WeightsAndInputs;
        var signs = graph.Weight("weight", InputSign.Of(weight)); // ONNX has no bits: signs are floats there
        var y = graph.Conv([isXnor && _signsInput ? InputSign.ToOnnx(graph, x) : x, signs], weight.shape[2..], _stride, _padding);
        var alpha = Factors() is { } factors ? graph.Weight("alpha", factors) : null;
        var k = isXnor && Options.InputScale
            ? graph.MeanPool(graph.Node("ReduceMean", [graph.Node("Abs", [x])], new("axes", new long[] { 1 }), new("keepdims", 1L)), weight.shape[2], _stride, _padding)
            : null;
        if ((k is null ? alpha : alpha is null ? k : graph.Node("Mul", [alpha, k])) is { } scale)
        {
            y = graph.Node("Mul", [y, scale]);
        }

        return graph.Node("Add", [y, graph.Weight("bias", bias.view(1, -1, 1, 1))]);
    }

    /// <summary>
    /// Takes the mean over the input channels off the weights, and clamps them to [-1, 1]: what the authors' code does before each pass, and the
    /// paper does not mention.
    /// </summary>
    public void CentreAndClamp()
    {
        using var noGrad = no_grad();
        using var mean = weight.mean([1], keepdim: true);
        weight.sub_(mean).clamp_(-1, 1);
    }

    /// <summary>Alpha = mean |W| of each filter (Eq. 6), summed in double: of weights that are alpha times signs it is alpha again, to the bit.</summary>
    /// <param name="weight">[F, C, h, w].</param>
    /// <returns>[1, F, 1, 1].</returns>
    internal static Tensor Alpha(Tensor weight) => weight.abs().to(float64).mean([1, 2, 3]).to(weight.dtype).view(1, -1, 1, 1);

    /// <summary>
    /// K, the mean |x| over channels and window, padding as 0: the box filter of A, the mean over channels (Eq. 11). A constant to the
    /// gradient, as the paper gives none for it.
    /// </summary>
    /// <param name="x">[N, C, H, W].</param>
    /// <param name="kernel">Side of the window.</param>
    /// <param name="stride">Step of the window.</param>
    /// <param name="padding">Pixels around the image.</param>
    /// <returns>[N, 1, H', W'].</returns>
    internal static Tensor K(Tensor x, long kernel, long stride, long padding)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        return avg_pool2d(x.abs().mean([1], keepdim: true), kernel, stride, padding).MoveToOuterDisposeScope();
    }

    /// <summary>What sums are multiplied by, [1, F, 1, 1]; null for 1.</summary>
    Tensor? Factors()
    {
        if (Options.Scale == FilterScale.Learned)
        {
            return scale;
        }

        using var noGrad = no_grad();
        return Options.Scale == FilterScale.One ? null : Alpha(weight);
    }

    Tensor OnBits(Tensor input, BinaryConvolution packed)
    {
        if (input.dtype != float32)
        {
            throw new ArgumentException($"A packed layer takes single precision, not {input.dtype}.", nameof(input));
        }

        using var scope = NewDisposeScope();
        int batch = (int)input.shape[0], height = (int)input.shape[2], width = (int)input.shape[3];
        var rows = input.permute(0, 2, 3, 1).contiguous();
        var y = empty(batch, packed.Geometry.OutputHeight(height), packed.Geometry.OutputWidth(width), packed.Geometry.Filters);
        packed.Run(Floats(rows), Floats(y), batch, height, width, ImageLayout.Nhwc, Options.InputScale, get_num_threads());
        return y.add_(bias).permute(0, 3, 1, 2).MoveToOuterDisposeScope();
    }

    static Span<float> Floats(Tensor x) => MemoryMarshal.Cast<byte, float>(x.bytes);
}

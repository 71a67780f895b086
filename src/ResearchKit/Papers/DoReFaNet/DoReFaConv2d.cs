using System.Runtime.InteropServices;
using ResearchKit.Formats;
using ResearchKit.Kernels;
using ResearchKit.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using static TorchSharp.torch.nn.functional;

namespace ResearchKit.Papers.DoReFaNet;

/// <summary>
/// A convolution whose weights, inputs and output gradients have few bits (arXiv:1606.06160, Alg. 1). It trains on floats; after
/// <see cref="Pack"/> it runs on bits. No bias, as a normalisation follows.
/// </summary>
public sealed class DoReFaConv2d : Module<Tensor, Tensor>, IOnnxModule
{
    // Kernels take up to eight bits.
    const int MostBits = 8;

    readonly Parameter weight;
    readonly long _padding, _stride;
    readonly bool _noise;
    Packed? _packed;

    /// <summary>Draws PyTorch's default initial weights from the global generator.</summary>
    /// <param name="inputs">Channels of the input, C.</param>
    /// <param name="outputs">Filters, F.</param>
    /// <param name="kernel">Side of a filter.</param>
    /// <param name="padding">Pixels of 0 around the input; 0 is one of the activations' values.</param>
    /// <param name="bits">Of weights, inputs and output gradients. Inputs come quantised: see <see cref="Quantizers.Activation"/>.</param>
    /// <param name="noise">Whether gradients are moved by noise before they are rounded, as the paper has it.</param>
    /// <param name="stride">Step of the window.</param>
    public DoReFaConv2d(long inputs, long outputs, long kernel, long padding, BitWidths bits, bool noise = true, long stride = 1)
        : base(nameof(DoReFaConv2d))
    {
        (Bits, _padding, _noise, _stride) = (bits, padding, noise, stride);
        weight = new Parameter(empty(outputs, inputs, kernel, kernel));
        init.kaiming_uniform_(weight, Math.Sqrt(5));
        RegisterComponents();
    }

    /// <summary>Bits of weights, inputs and output gradients.</summary>
    public BitWidths Bits { get; }

    /// <summary>The real weights, [F, C, h, w].</summary>
    public Tensor Weight => weight;

    /// <summary>The layer.</summary>
    /// <param name="input">[N, C, H, W], activations of A bits.</param>
    /// <returns>[N, F, H', W'].</returns>
    public override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (training)
        {
            _packed = null; // the weights are about to move
        }

        if (_packed is not null)
        {
            return _packed.Run(input);
        }

        Tensor y;
        if (Bits.Weights == BitWidths.Float)
        {
            y = conv2d(input, weight, null, [_stride, _stride], [_padding, _padding]);
        }
        else
        {
            // Of whole numbers, so that sums are exact, and scaled afterwards; the same by linearity.
            int levels = Bits.Activations == BitWidths.Float ? 1 : Codes.Levels(Bits.Activations);
            y = conv2d(levels == 1 ? input : input * levels, Quantizers.WeightCodes(weight, Bits.Weights), null, [_stride, _stride], [_padding, _padding])
                * (Quantizers.Scale(weight, Bits.Weights) / levels);
        }

        return Bits.Gradients == BitWidths.Float || !training ? y : GradientQuantizer.apply(y, Bits.Gradients, _noise);
    }

    /// <summary>
    /// Switches to bits: from here on, in evaluation, codes are multiplied by codes in <see cref="BitSerialConvolution"/>. Training takes it back. A
    /// layer with more than eight bits stays as it is.
    /// </summary>
    public void Pack()
    {
        eval();
        _packed = Bits.Weights > MostBits || Bits.Activations > MostBits ? null : new(weight, Bits, (int)_stride, (int)_padding);
    }

    string IOnnxModule.ToOnnx(OnnxGraph graph, string x)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        if (Bits.Weights == BitWidths.Float)
        {
            return graph.Conv([x, graph.Weight("weight", weight)], weight.shape[2..], _stride, _padding);
        }

        // Of whole numbers, as in forward: ONNX has no codes of few bits, they are floats there.
        int levels = Bits.Activations == BitWidths.Float ? 1 : Codes.Levels(Bits.Activations);
        x = levels == 1 ? x : graph.Node("Mul", [x, graph.Number("levels", levels)]);
        x = graph.Conv([x, graph.Weight("weight", Quantizers.WeightCodes(weight, Bits.Weights))], weight.shape[2..], _stride, _padding);
        return graph.Node("Mul", [x, graph.Weight("scale", Quantizers.Scale(weight, Bits.Weights) / levels)]);
    }

    /// <summary>One-bit weights as they are stored: signs, and the layer's one factor, given for each filter as the file has it.</summary>
    /// <param name="name">The tensor's name in the file.</param>
    /// <exception cref="InvalidOperationException">The weights have more bits than one.</exception>
    public BinaryTensor ToTensor(string name)
    {
        if (Bits.Weights != 1)
        {
            throw new InvalidOperationException($"'{name}' has weights of {Bits.Weights} bits; only those of one bit are stored as signs.");
        }

        using var scope = NewDisposeScope();
        var factors = new float[weight.shape[0]];
        Array.Fill(factors, Quantizers.Scale(weight, 1).item<float>());
        return BinaryTensor.FromDense(name, weight.shape, weight.detach().contiguous().data<float>().ToArray(), factors);
    }

    /// <summary>The layer on bits: with codes q of weights and c of activations, sum (2 q - L) c = 2 sum q c - L sum c, L = 2^W - 1.</summary>
    sealed class Packed
    {
        readonly BitSerialConvolution _product;
        readonly BitWidths _bits;
        readonly float _scale;
        byte[] _codes = [];
        int[] _sums = [], _pixels = [];

        internal Packed(Tensor weight, BitWidths bits, int stride, int padding)
        {
            using var scope = NewDisposeScope();
            using var noGrad = no_grad();
            _bits = bits;
            _scale = (Quantizers.Scale(weight, bits.Weights) / Codes.Levels(bits.Activations)).item<float>();
            var q = ((Quantizers.WeightCodes(weight, bits.Weights) + Codes.Levels(bits.Weights)) / 2).to(uint8).contiguous();
            _product = new(new((int)weight.shape[1], (int)weight.shape[0], (int)weight.shape[2], (int)weight.shape[3], stride, padding), q.bytes, bits.Weights, bits.Activations);
        }

        internal Tensor Run(Tensor input)
        {
            if (input.dtype != float32)
            {
                throw new ArgumentException($"A packed layer takes single precision, not {input.dtype}.", nameof(input));
            }

            using var scope = NewDisposeScope();
            var g = _product.Geometry;
            int batch = (int)input.shape[0], height = (int)input.shape[2], width = (int)input.shape[3];
            int outputHeight = g.OutputHeight(height), outputWidth = g.OutputWidth(width);
            var rows = input.permute(0, 2, 3, 1).contiguous();
            var y = empty(batch, outputHeight, outputWidth, g.Filters);
            Array.Resize(ref _codes, (int)rows.numel());
            Array.Resize(ref _pixels, batch * height * width);
            Array.Resize(ref _sums, (int)y.numel());
            Encode(Floats(rows), g.Channels);
            _product.Run(_codes, _sums, batch, height, width, ImageLayout.Nhwc, get_num_threads());
            var output = Floats(y);
            for (int image = 0, at = 0; image < batch; image++)
            {
                for (int row = 0; row < outputHeight; row++)
                {
                    for (int column = 0; column < outputWidth; column++, at += g.Filters)
                    {
                        Scale(_sums.AsSpan(at, g.Filters), output.Slice(at, g.Filters), Codes.Levels(_bits.Weights) * Window(image, row, column, height, width), _scale);
                    }
                }
            }

            return y.permute(0, 3, 1, 2).MoveToOuterDisposeScope();
        }

        /// <summary>Codes of activations, and their sum over the channels of each pixel.</summary>
        void Encode(ReadOnlySpan<float> x, int channels)
        {
            int levels = Codes.Levels(_bits.Activations);
            for (int pixel = 0; pixel < _pixels.Length; pixel++)
            {
                int sum = 0;
                for (int at = pixel * channels; at < (pixel + 1) * channels; at++)
                {
                    int code = (int)((x[at] * levels) + 0.5f);
                    _codes[at] = (byte)code;
                    sum += code;
                }

                _pixels[pixel] = sum;
            }
        }

        /// <summary>Sum of the codes in a window; what lies outside the image is 0.</summary>
        int Window(int image, int row, int column, int height, int width)
        {
            var g = _product.Geometry;
            int top = (row * g.Stride) - g.Padding, left = (column * g.Stride) - g.Padding, sum = 0;
            for (int y = Math.Max(0, top); y < Math.Min(height, top + g.KernelHeight); y++)
            {
                for (int x = Math.Max(0, left); x < Math.Min(width, left + g.KernelWidth); x++)
                {
                    sum += _pixels[(((image * height) + y) * width) + x];
                }
            }

            return sum;
        }

        static void Scale(ReadOnlySpan<int> sums, Span<float> y, int window, float scale)
        {
            for (int f = 0; f < sums.Length; f++)
            {
                y[f] = ((2 * sums[f]) - window) * scale;
            }
        }

        static Span<float> Floats(Tensor x) => MemoryMarshal.Cast<byte, float>(x.bytes);
    }
}

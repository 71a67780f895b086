using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What convolutions have in common: their sizes, a weight <c>[out, in / groups, kernel...]</c> and a bias.</summary>
public abstract class Convolution : nn.Module<Tensor, Tensor>
{
    private protected readonly long[] Stride, Pad, Dilation;
    private protected readonly Padding? NamedPadding;
    Parameter _weight;
    Parameter? _bias;

    private protected Convolution(
        string name, long inChannels, long outChannels, long[] kernel, long[] stride, long[] pad, Padding? named, long[] dilation,
        PaddingModes mode, long groups, bool bias, ScalarType? dtype, bool transposed = false)
        : base(name)
    {
        if (mode != PaddingModes.Zeros)
        {
            throw new NotSupportedException($"{name}: the TorchSharp stand-in pads convolutions with zeros; pad with {mode} by functional.pad before the layer.");
        }

        if (groups < 1 || inChannels % groups != 0 || outChannels % groups != 0)
        {
            throw new ArgumentException($"{name}: {inChannels} input and {outChannels} output channels cannot be split into {groups} groups.");
        }

        if (named == Padding.Same && stride.Any(s => s != 1))
        {
            throw new ArgumentException($"{name}: Padding.Same needs a stride of 1.");
        }

        (in_channels, out_channels, kernel_size, this.groups) = (inChannels, outChannels, kernel, groups);
        (Stride, Pad, Dilation, NamedPadding) = (stride, pad, dilation, named);
        long[] shape = transposed ? [inChannels, outChannels / groups, .. kernel] : [outChannels, inChannels / groups, .. kernel];
        _weight = Weights.Parameter(shape, dtype);
        _bias = bias ? Weights.Parameter([outChannels], dtype) : null;
        Weights.Register(this, _weight, _bias);
        Weights.ResetLikePyTorch(_weight, _bias);
    }

    public long in_channels { get; }
    public long out_channels { get; }
    public long groups { get; }
    public IReadOnlyList<long> kernel_size { get; }
    public IReadOnlyList<long> stride => Stride;
    public IReadOnlyList<long> dilation => Dilation;

    /// <summary>Zeros at each side, by dimension; none are listed where padding is named (<see cref="Padding.Same"/>).</summary>
    public IReadOnlyList<long> padding => Pad;

    public Parameter weight
    {
        get => _weight;
        set => ReplaceParameter(nameof(weight), _weight = value);
    }

    public Parameter? bias
    {
        get => _bias;
        set => ReplaceParameter(nameof(bias), _bias = value);
    }
}

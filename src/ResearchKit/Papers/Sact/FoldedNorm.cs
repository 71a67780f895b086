using System.Runtime.Intrinsics;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResearchKit.Papers.Sact;

/// <summary>Batch normalisation in evaluation, as a scale and a shift of each channel, followed by leaky ReLU.</summary>
sealed unsafe class FoldedNorm
{
    const int Lanes = 16;

    readonly float[] _scale, _shift;

    internal FoldedNorm(BatchNorm2d norm)
        : this(norm.weight!, norm.bias!, norm.running_mean!, norm.running_var!)
    {
    }

    internal FoldedNorm(BatchNorm1d norm)
        : this(norm.weight!, norm.bias!, norm.running_mean!, norm.running_var!)
    {
    }

    FoldedNorm(Tensor weight, Tensor bias, Tensor mean, Tensor variance)
    {
        using var scope = NewDisposeScope();
        var scale = weight.detach() / (variance + PreActivationUnit.NormEpsilon).sqrt();
        _scale = scale.data<float>().ToArray();
        _shift = (bias.detach() - (mean * scale)).data<float>().ToArray();
    }

    /// <summary>Channels.</summary>
    internal int Channels => _scale.Length;

    /// <summary>One value.</summary>
    internal float Of(float x, int channel)
    {
        float y = (x * _scale[channel]) + _shift[channel];
        return Math.Max(y, (float)PreActivationUnit.Slope * y);
    }

    /// <summary>All channels of listed pixels.</summary>
    /// <param name="from">[pixels, channels].</param>
    /// <param name="to">The same; may be the same array.</param>
    /// <param name="pixels">Which.</param>
    internal void Run(float[] from, float[] to, ReadOnlySpan<int> pixels)
    {
        var slope = Vector512.Create((float)PreActivationUnit.Slope);
        fixed (float* x = from, y = to, scale = _scale, shift = _shift)
        {
            foreach (int pixel in pixels)
            {
                for (int c = 0; c < _scale.Length; c += Lanes)
                {
                    int at = (pixel * _scale.Length) + c;
                    var value = Vector512.FusedMultiplyAdd(Vector512.Load(x + at), Vector512.Load(scale + c), Vector512.Load(shift + c));
                    Vector512.Max(value, value * slope).Store(y + at);
                }
            }
        }
    }
}

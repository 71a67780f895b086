using System.Runtime.Intrinsics;
using ResearchKit.Kernels;
using TorchSharp.Modules;

namespace ResearchKit.Papers.Sact;

/// <summary>
/// A 3x3 convolution of one image that is computed at listed positions only: it gathers each position's neighbourhood, multiplies, and
/// scatters the results. Channels lie innermost; images have a border of zeros of one pixel.
/// </summary>
sealed unsafe class PositionConvolution
{
    const int Lanes = 16, Tile = 8;

    readonly PinnedMemory _weights; // [groups of 16 outputs, 9, inputs, 16]
    readonly int _inputs, _outputs;

    /// <summary>Prepares the weights of a layer.</summary>
    /// <param name="layer">3x3, padding 1, without biases, outputs a multiple of 16.</param>
    internal PositionConvolution(Conv2d layer)
    {
        long[] shape = layer.weight!.shape;
        (_outputs, _inputs) = ((int)shape[0], (int)shape[1]);
        if (shape[2] != 3 || shape[3] != 3 || layer.padding[0] != 1 || layer.bias is not null || _outputs % Lanes != 0)
        {
            throw new ArgumentException($"{layer}: only 3x3 convolutions with a padding of 1, no biases and a multiple of {Lanes} outputs are computed at positions.", nameof(layer));
        }

        using var arranged = layer.weight.detach().reshape(_outputs / Lanes, Lanes, _inputs, 9).permute(0, 3, 2, 1).contiguous();
        float[] values = arranged.data<float>().ToArray();
        _weights = new((long)values.Length * sizeof(float));
        values.CopyTo(new Span<float>(_weights.Start, values.Length));
    }

    /// <summary>Sets the output at the positions to the sum, or adds it.</summary>
    /// <param name="input">Padded [H + 2, W + 2, inputs].</param>
    /// <param name="rowStride">Pixels of a padded row of the input.</param>
    /// <param name="from">For each position a pixel of the padded input.</param>
    /// <param name="shift">From there to the upper left of its neighbourhood.</param>
    /// <param name="output">Padded [H + 2, W + 2, outputs].</param>
    /// <param name="to">For each position its pixel in the padded output.</param>
    /// <param name="add">Whether the sums are added to what is there.</param>
    internal void Run(float[] input, int rowStride, ReadOnlySpan<int> from, int shift, float[] output, ReadOnlySpan<int> to, bool add)
    {
        int* places = stackalloc int[Tile];
        fixed (float* x = input, y = output)
        {
            for (int first = 0; first < from.Length; first += Tile)
            {
                int count = Math.Min(Tile, from.Length - first);
                for (int k = 0; k < Tile; k++)
                {
                    places[k] = (from[first + Math.Min(k, count - 1)] + shift) * _inputs; // the last one again where there are fewer
                }

                for (int group = 0; group < _outputs / Lanes; group++)
                {
                    var sums = Sums(x, rowStride, places, (float*)_weights.Start + (group * 9 * _inputs * Lanes));
                    for (int k = 0; k < count; k++)
                    {
                        float* place = y + (to[first + k] * _outputs) + (group * Lanes);
                        (add ? Vector512.Load(place) + sums[k] : sums[k]).Store(place);
                    }
                }
            }
        }
    }

    [System.Runtime.CompilerServices.InlineArray(Tile)]
    struct Eight
    {
        Vector512<float> _first;
    }

    /// <summary>Sixteen outputs of eight positions.</summary>
    Eight Sums(float* x, int rowStride, int* places, float* w)
    {
        var zero = Vector512<float>.Zero;
        var (s0, s1, s2, s3, s4, s5, s6, s7) = (zero, zero, zero, zero, zero, zero, zero, zero);
        for (int tap = 0; tap < 9; tap++)
        {
            float* at = x + (((tap / 3 * rowStride) + (tap % 3)) * _inputs);
            float* p0 = at + places[0], p1 = at + places[1], p2 = at + places[2], p3 = at + places[3];
            float* p4 = at + places[4], p5 = at + places[5], p6 = at + places[6], p7 = at + places[7];
            for (int c = 0; c < _inputs; c++, w += Lanes)
            {
                var weights = Vector512.Load(w);
                s0 = Vector512.FusedMultiplyAdd(Vector512.Create(p0[c]), weights, s0);
                s1 = Vector512.FusedMultiplyAdd(Vector512.Create(p1[c]), weights, s1);
                s2 = Vector512.FusedMultiplyAdd(Vector512.Create(p2[c]), weights, s2);
                s3 = Vector512.FusedMultiplyAdd(Vector512.Create(p3[c]), weights, s3);
                s4 = Vector512.FusedMultiplyAdd(Vector512.Create(p4[c]), weights, s4);
                s5 = Vector512.FusedMultiplyAdd(Vector512.Create(p5[c]), weights, s5);
                s6 = Vector512.FusedMultiplyAdd(Vector512.Create(p6[c]), weights, s6);
                s7 = Vector512.FusedMultiplyAdd(Vector512.Create(p7[c]), weights, s7);
            }
        }

        Eight sums = default;
        (sums[0], sums[1], sums[2], sums[3], sums[4], sums[5], sums[6], sums[7]) = (s0, s1, s2, s3, s4, s5, s6, s7);
        return sums;
    }
}

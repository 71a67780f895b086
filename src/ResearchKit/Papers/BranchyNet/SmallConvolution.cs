using System.Runtime.Intrinsics;
using ResearchKit.Kernels;
using TorchSharp.Modules;

namespace ResearchKit.Papers.BranchyNet;

/// <summary>
/// A convolution of one small image, the largest of each 2x2 window, and ReLU, in one call without allocations. A library's operators take
/// ten times as long for such layers: it is their preparations that count at batch 1, not the products.
/// </summary>
sealed unsafe class SmallConvolution
{
    const int Block = 5, Lanes = PaddedPlanes.Lanes;

    readonly PinnedMemory _weights, _bias; // by blocks of filters: [blocks, C, k, k, Block], [blocks, Block]
    readonly PaddedPlanes _input, _sums;
    readonly float[] _row;
    readonly int _kernel, _offset, _blocks;

    /// <summary>Prepares the weights of a layer.</summary>
    /// <param name="layer">Square filters, stride 1, zero padding, with biases.</param>
    /// <param name="input">What it will read.</param>
    /// <param name="border">Of its output.</param>
    /// <exception cref="ArgumentException">The layer is of another kind, or its rows are too long.</exception>
    internal SmallConvolution(Conv2d layer, PaddedPlanes input, int border)
    {
        long[] shape = layer.weight!.shape;
        (_input, _kernel) = (input, (int)shape[2]);
        int padding = (int)layer.padding[0], filters = (int)shape[0];
        int height = input.Height + (2 * padding) - _kernel + 1, width = input.Width + (2 * padding) - _kernel + 1;
        if (shape[1] != input.Channels || shape[2] != shape[3] || layer.stride[0] != 1 || layer.bias is null || padding > input.Border || width > 2 * Lanes)
        {
            throw new ArgumentException($"{layer}: only square filters of stride 1, padding up to {input.Border} and rows up to {2 * Lanes} are computed here.", nameof(layer));
        }

        _offset = padding;
        _blocks = (filters + Block - 1) / Block;
        _sums = new(_blocks * Block, height, Math.Max(width, Lanes), 0);
        _row = new float[width + 1];
        Output = new(filters, (height + 1) / 2, (width + 1) / 2, border);
        Width = width;
        float[] weights = ValuesOf(layer.weight!), bias = ValuesOf(layer.bias!);
        int taps = input.Channels * _kernel * _kernel;
        (_weights, _bias) = (new((long)_blocks * taps * Block * sizeof(float)), new((long)_blocks * Block * sizeof(float)));
        for (int f = 0; f < filters; f++)
        {
            ((float*)_bias.Start)[f] = bias[f];
            for (int t = 0; t < taps; t++)
            {
                ((float*)_weights.Start)[((f / Block * taps) + t) * Block + (f % Block)] = weights[(f * taps) + t];
            }
        }
    }

    /// <summary>What <see cref="Run"/> fills: half as high and wide as the convolution's result, rounded up.</summary>
    internal PaddedPlanes Output { get; }

    int Width { get; }

    /// <summary>Computes <see cref="Output"/> from the input planes as they are.</summary>
    internal void Run()
    {
        // Two vectors at a time and five filters: ten sums hide the four cycles of a fused multiply-add.
        bool wide = Width > Lanes;
        int taps = _input.Channels * _kernel * _kernel;
        for (int block = 0; block < _blocks; block++)
        {
            float* weights = (float*)_weights.Start + (block * taps * Block), bias = (float*)_bias.Start + (block * Block);
            for (int y = 0; y < _sums.Height; y += wide ? 1 : 2)
            {
                float* from = _input.Row(0, y - _offset) - _offset, to = _sums.Row(block * Block, y);
                Tile(from, from + (wide ? Lanes : _input.RowStride), weights, bias, to, to + (wide ? Lanes : _sums.RowStride));
            }
        }

        Pool();
    }

    void Tile(float* a, float* b, float* w, float* bias, float* toA, float* toB)
    {
        var (a0, a1, a2, a3, a4) = (Vector512.Create(bias[0]), Vector512.Create(bias[1]), Vector512.Create(bias[2]), Vector512.Create(bias[3]), Vector512.Create(bias[4]));
        var (b0, b1, b2, b3, b4) = (a0, a1, a2, a3, a4);
        for (int c = 0; c < _input.Channels; c++)
        {
            for (int ky = 0; ky < _kernel; ky++)
            {
                int row = (c * _input.PlaneStride) + (ky * _input.RowStride);
                for (int k = row; k < row + _kernel; k++)
                {
                    var (x, y) = (Vector512.Load(a + k), Vector512.Load(b + k));
                    var (w0, w1, w2) = (Vector512.Create(w[0]), Vector512.Create(w[1]), Vector512.Create(w[2]));
                    (a0, b0) = (Vector512.FusedMultiplyAdd(x, w0, a0), Vector512.FusedMultiplyAdd(y, w0, b0));
                    (a1, b1) = (Vector512.FusedMultiplyAdd(x, w1, a1), Vector512.FusedMultiplyAdd(y, w1, b1));
                    (a2, b2) = (Vector512.FusedMultiplyAdd(x, w2, a2), Vector512.FusedMultiplyAdd(y, w2, b2));
                    var (w3, w4) = (Vector512.Create(w[3]), Vector512.Create(w[4]));
                    (a3, b3) = (Vector512.FusedMultiplyAdd(x, w3, a3), Vector512.FusedMultiplyAdd(y, w3, b3));
                    (a4, b4) = (Vector512.FusedMultiplyAdd(x, w4, a4), Vector512.FusedMultiplyAdd(y, w4, b4));
                    w += Block;
                }
            }
        }

        int plane = _sums.PlaneStride;
        a0.Store(toA);
        a1.Store(toA + plane);
        a2.Store(toA + (2 * plane));
        a3.Store(toA + (3 * plane));
        a4.Store(toA + (4 * plane));
        b0.Store(toB);
        b1.Store(toB + plane);
        b2.Store(toB + (2 * plane));
        b3.Store(toB + (3 * plane));
        b4.Store(toB + (4 * plane));
    }

    /// <summary>The largest of each window, cut off at the edges as ceil mode has it, and not less than 0.</summary>
    void Pool()
    {
        for (int f = 0; f < Output.Channels; f++)
        {
            for (int y = 0; y < Output.Height; y++)
            {
                float* upper = _sums.Row(f, 2 * y), lower = (2 * y) + 1 < _sums.Height ? _sums.Row(f, (2 * y) + 1) : upper;
                fixed (float* row = _row)
                {
                    int x = 0;
                    for (; x <= Width - Lanes; x += Lanes)
                    {
                        Vector512.Max(Vector512.Load(upper + x), Vector512.Load(lower + x)).Store(row + x);
                    }

                    for (; x < Width; x++)
                    {
                        row[x] = Math.Max(upper[x], lower[x]);
                    }

                    row[Width] = row[Width - 1];
                    float* to = Output.Row(f, y);
                    for (x = 0; x < Output.Width; x++)
                    {
                        to[x] = Math.Max(Math.Max(row[2 * x], row[(2 * x) + 1]), 0);
                    }
                }
            }
        }
    }

    internal static float[] ValuesOf(TorchSharp.torch.Tensor tensor)
    {
        using var flat = tensor.detach().flatten();
        return flat.data<float>().ToArray();
    }
}

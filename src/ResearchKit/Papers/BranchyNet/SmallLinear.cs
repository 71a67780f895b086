using System.Runtime.Intrinsics;
using ResearchKit.Kernels;
using TorchSharp.Modules;

namespace ResearchKit.Papers.BranchyNet;

/// <summary>A full layer for one image, without allocations.</summary>
sealed unsafe class SmallLinear
{
    const int Lanes = PaddedPlanes.Lanes;

    readonly PinnedMemory _weights; // [outputs, inputs rounded up], the rest zero
    readonly float[] _bias;
    readonly int _inputs;

    /// <summary>Prepares the weights of a layer.</summary>
    internal SmallLinear(Linear layer)
    {
        _inputs = Padded((int)layer.in_features);
        _bias = layer.bias is null ? new float[layer.out_features] : SmallConvolution.ValuesOf(layer.bias);
        _weights = new((long)_bias.Length * _inputs * sizeof(float));
        Output = new float[Padded(_bias.Length)];
        float[] weights = SmallConvolution.ValuesOf(layer.weight!);
        for (int o = 0; o < _bias.Length; o++)
        {
            weights.AsSpan(o * (int)layer.in_features, (int)layer.in_features).CopyTo(new((float*)_weights.Start + (o * _inputs), _inputs));
        }
    }

    /// <summary>What <see cref="Run"/> fills, and zeros up to a multiple of the vector's length.</summary>
    internal float[] Output { get; }

    /// <summary>The result without those zeros.</summary>
    internal ReadOnlySpan<float> Values => Output.AsSpan(0, _bias.Length);

    /// <summary>A length rounded up to whole vectors.</summary>
    internal static int Padded(int length) => (length + Lanes - 1) / Lanes * Lanes;

    /// <summary>Computes <see cref="Output"/>.</summary>
    /// <param name="input">The inputs, followed by zeros up to a multiple of the vector's length.</param>
    internal void Run(float[] input)
    {
        fixed (float* x = input)
        {
            for (int o = 0; o < _bias.Length; o++)
            {
                float* w = (float*)_weights.Start + (o * _inputs);
                var (sum0, sum1) = (Vector512<float>.Zero, Vector512<float>.Zero);
                int i = 0;
                for (; i <= _inputs - (2 * Lanes); i += 2 * Lanes)
                {
                    sum0 = Vector512.FusedMultiplyAdd(Vector512.Load(w + i), Vector512.Load(x + i), sum0);
                    sum1 = Vector512.FusedMultiplyAdd(Vector512.Load(w + i + Lanes), Vector512.Load(x + i + Lanes), sum1);
                }

                if (i < _inputs)
                {
                    sum0 = Vector512.FusedMultiplyAdd(Vector512.Load(w + i), Vector512.Load(x + i), sum0);
                }

                Output[o] = _bias[o] + Vector512.Sum(sum0 + sum1);
            }
        }
    }
}

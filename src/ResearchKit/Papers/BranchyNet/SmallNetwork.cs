using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResearchKit.Papers.BranchyNet;

/// <summary>
/// A branchy network of small convolutions, prepared for one image at a time: B-LeNet. Segments and branches are computed as they are asked
/// for, so what an early exit saves is saved. Weights are those of the network at the time; not for several threads at once.
/// </summary>
public sealed class SmallNetwork
{
    // The largest padding in B-LeNet.
    const int Border = 3;

    readonly PaddedPlanes _input;
    readonly Part[] _trunk, _branches;

    /// <summary>Prepares a network.</summary>
    /// <param name="network">Made of convolutions, each with 2x2 pooling and ReLU behind it, and full layers.</param>
    /// <param name="channels">Of the image.</param>
    /// <param name="height">Of the image.</param>
    /// <param name="width">Of the image.</param>
    /// <exception cref="ArgumentException">It has other layers.</exception>
    public SmallNetwork(BranchyNetwork network, int channels, int height, int width)
    {
        ArgumentNullException.ThrowIfNull(network);
        _input = new(channels, height, width, Border);
        _trunk = new Part[network.ExitCount];
        _branches = new Part[network.ExitCount - 1];
        var planes = _input;
        for (int n = 0; n < _trunk.Length; n++)
        {
            _trunk[n] = new(network.Trunk[n], planes);
            planes = _trunk[n].Planes;
            if (n < _branches.Length)
            {
                _branches[n] = new(network.Branches[n], planes);
            }
        }
    }

    /// <summary>As <see cref="BranchyNetwork.Classify"/>.</summary>
    /// <param name="image">[C, H, W].</param>
    /// <param name="thresholds">For each exit but the last the entropy in nats below which it answers.</param>
    public (int Answer, int Exit) Classify(ReadOnlySpan<float> image, ReadOnlySpan<double> thresholds)
    {
        _input.Fill(image);
        for (int n = 0; n < _branches.Length; n++)
        {
            _trunk[n].Run();
            var logits = _branches[n].Run();
            if (Confidence.Entropy(logits) < thresholds[n])
            {
                return (Confidence.Likeliest(logits), n);
            }
        }

        return (Confidence.Likeliest(_trunk[^1].Run()), _branches.Length);
    }

    /// <summary>The trunk's logits for one image, without any branch.</summary>
    /// <param name="image">[C, H, W].</param>
    /// <param name="upTo">How many segments are computed: all by default. The result of fewer is empty.</param>
    /// <returns>[classes].</returns>
    public ReadOnlySpan<float> Trunk(ReadOnlySpan<float> image, int upTo = int.MaxValue)
    {
        _input.Fill(image);
        ReadOnlySpan<float> logits = [];
        for (int n = 0; n < Math.Min(upTo, _trunk.Length); n++)
        {
            logits = _trunk[n].Run();
        }

        return logits;
    }

    /// <summary>A segment or a branch: convolutions, then full layers.</summary>
    sealed class Part
    {
        readonly List<SmallConvolution> _convolutions = [];
        readonly List<SmallLinear> _linears = [];
        readonly float[] _flat;

        internal Part(Module<Tensor, Tensor> module, PaddedPlanes input)
        {
            Planes = input;
            Module<Tensor, Tensor>[] layers = [.. module.children().Cast<Module<Tensor, Tensor>>()];
            for (int k = 0; k < layers.Length; k++)
            {
                if (layers[k] is Conv2d conv && k + 2 < layers.Length && layers[k + 1] is MaxPool2d { ceil_mode: true } pool && IsTwo(pool) && layers[k + 2] is ReLU)
                {
                    _convolutions.Add(new(conv, Planes, Border));
                    Planes = _convolutions[^1].Output;
                    k += 2;
                }
                else if (layers[k] is Linear linear)
                {
                    _linears.Add(new(linear));
                }
                else if (layers[k] is not TorchSharp.Modules.Flatten)
                {
                    throw new ArgumentException($"{layers[k].GetName()} is not computed here, or not in this place.", nameof(module));
                }
            }

            _flat = new float[SmallLinear.Padded(Planes.Channels * Planes.Height * Planes.Width)];
        }

        /// <summary>What the last convolution gives.</summary>
        internal PaddedPlanes Planes { get; }

        /// <summary>Logits, or nothing where there are no full layers.</summary>
        internal ReadOnlySpan<float> Run()
        {
            foreach (var convolution in _convolutions)
            {
                convolution.Run();
            }

            if (_linears.Count == 0)
            {
                return [];
            }

            Planes.CopyTo(_flat);
            float[] x = _flat;
            foreach (var linear in _linears)
            {
                linear.Run(x);
                x = linear.Output;
            }

            return _linears[^1].Values;
        }

        static bool IsTwo(MaxPool2d pool) => pool.kernel_size is [2, 2] && pool.stride is [2, 2];
    }
}

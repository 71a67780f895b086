using static TorchSharp.torch;

namespace ResearchKit.Papers.Sact;

/// <summary>
/// A <see cref="SactResNet"/> for one image at a time in which halted positions are not computed: gather, multiply, scatter. A network that
/// does not adapt is computed by the same kernels at all positions. Weights are those of the network at the time; not for several threads.
/// </summary>
public sealed class ActiveNetwork
{
    readonly PositionConvolution _stem;
    readonly ActiveBlock[] _blocks;
    readonly ActivePositions _positions; // of the stem's output
    readonly FoldedNorm _norm;
    readonly float[] _input, _stemOutput, _weights, _bias, _logits, _pooled, _normed;
    readonly int[] _windows;
    readonly int _height, _width;

    /// <summary>Prepares a network in evaluation mode.</summary>
    /// <param name="network">With a width that is a multiple of 16.</param>
    /// <param name="height">Of the image.</param>
    /// <param name="width">Of the image.</param>
    public ActiveNetwork(SactResNet network, int height, int width)
    {
        ArgumentNullException.ThrowIfNull(network);
        int stride = (int)network.Stem.stride[0];
        (_height, _width, _stem) = (height, width, new(network.Stem));
        _positions = new(height / stride, width / stride);
        _positions.SetAll();
        _windows = [.. Enumerable.Range(0, _positions.Count).Select(k => (k / _positions.Width * stride * (width + 2)) + (k % _positions.Width * stride))];
        _input = new float[(height + 2) * (width + 2) * 3];
        _stemOutput = new float[(_positions.Height + 2) * (_positions.Width + 2) * network.Stem.weight!.shape[0]];
        var (positions, x) = (_positions, _stemOutput);
        _blocks = new ActiveBlock[network.Blocks.Count];
        for (int b = 0; b < _blocks.Length; b++)
        {
            _blocks[b] = new(network.Blocks[b], positions, x);
            (positions, x) = (_blocks[b].Positions, _blocks[b].Output);
        }

        _norm = new(network.Head.Norm);
        using var weights = network.Head.Linear.weight!.detach().flatten();
        _weights = weights.data<float>().ToArray();
        _bias = network.Head.Linear.bias!.detach().data<float>().ToArray();
        (_logits, _pooled, _normed) = (new float[_bias.Length], new float[_norm.Channels], new float[x.Length]);
    }

    /// <summary>Positions that each unit of each block was computed at for the last image.</summary>
    public IReadOnlyList<int[]> Computed => [.. _blocks.Select(b => b.Computed)];

    /// <summary>Logits of an image; the next call overwrites them.</summary>
    /// <param name="image">[3, H, W].</param>
    /// <returns>[classes].</returns>
    public ReadOnlySpan<float> Logits(ReadOnlySpan<float> image)
    {
        for (int c = 0; c < 3; c++)
        {
            for (int y = 0; y < _height; y++)
            {
                for (int x = 0; x < _width; x++)
                {
                    _input[((((y + 1) * (_width + 2)) + x + 1) * 3) + c] = image[(((c * _height) + y) * _width) + x];
                }
            }
        }

        _stem.Run(_input, _width + 2, _windows, 0, _stemOutput, _positions.Padded, add: false);
        foreach (var block in _blocks)
        {
            block.Run();
        }

        var positions = _blocks[^1].Positions;
        _norm.Run(_blocks[^1].Output, _normed, positions.Padded);
        Array.Clear(_pooled);
        int channels = _norm.Channels;
        foreach (int place in positions.Padded)
        {
            for (int c = 0; c < channels; c++)
            {
                _pooled[c] += _normed[(place * channels) + c];
            }
        }

        for (int k = 0; k < _logits.Length; k++)
        {
            float sum = 0;
            for (int c = 0; c < channels; c++)
            {
                sum += _weights[(k * channels) + c] * _pooled[c];
            }

            _logits[k] = _bias[k] + (sum / positions.Count);
        }

        return _logits;
    }
}

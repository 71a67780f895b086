using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using static TorchSharp.torch;

namespace ResearchKit.Papers.Sact;

/// <summary>An <see cref="AdaptiveBlock"/> for one image that is computed at active positions only.</summary>
sealed class ActiveBlock
{
    readonly Unit[] _units;
    readonly Score[] _scores;
    readonly ActivePositions _inputs, _all, _active, _near, _far;
    readonly int[] _windows; // of each output position of the first unit: the upper left of its neighbourhood in the padded input
    readonly float[] _input, _first, _activated, _middle, _state, _output, _sum, _remainder, _score;
    readonly int _stride, _channels, _inputChannels;
    readonly double _threshold;

    /// <summary>Prepares a block.</summary>
    /// <param name="block">In evaluation mode, with a multiple of 16 channels.</param>
    /// <param name="inputs">All positions of its input.</param>
    /// <param name="input">Its input, padded: [H + 2, W + 2, channels].</param>
    internal ActiveBlock(AdaptiveBlock block, ActivePositions inputs, float[] input)
    {
        _units = [.. block.Units.Select(u => new Unit(u))];
        _scores = [.. block.Scores.Select(s => new Score(s))];
        (_inputs, _input, _stride, _threshold) = (inputs, input, block.Units[0].Stride, 1 - block.Epsilon);
        (_inputChannels, _channels) = (_units[0].Norm1.Channels, _units[0].Norm2.Channels);
        int height = inputs.Height / _stride, width = inputs.Width / _stride;
        if (inputs.Height % _stride != 0 || inputs.Width % _stride != 0)
        {
            throw new ArgumentException($"A map of {inputs.Height}x{inputs.Width} is not divided by a stride of {_stride}.", nameof(inputs));
        }

        (_all, _active, _near, _far) = (new(height, width), new(height, width), new(height, width), new(height, width));
        _all.SetAll();
        _windows = [.. Enumerable.Range(0, height * width).Select(k => (k / width * _stride * inputs.RowStride) + (k % width * _stride))];
        int pixels = (height + 2) * (width + 2);
        _first = new float[input.Length];
        (_activated, _middle, _state, _output) = (new float[pixels * _channels], new float[pixels * _channels], new float[pixels * _channels], new float[pixels * _channels]);
        (_sum, _remainder, _score) = (new float[pixels], new float[pixels], new float[pixels]);
    }

    /// <summary>All positions of the output.</summary>
    internal ActivePositions Positions => _all;

    /// <summary>Padded: [H + 2, W + 2, channels].</summary>
    internal float[] Output => _scores.Length == 0 ? _state : _output;

    /// <summary>Positions computed by each unit at the last call.</summary>
    internal int[] Computed { get; private set; } = [];

    internal void Run()
    {
        Computed = new int[_units.Length];
        FirstUnit();
        Computed[0] = _all.Count;
        _active.SetAll();
        Array.Clear(_output);
        Array.Clear(_sum);
        Array.Fill(_remainder, 1);
        Halt(0, _all);
        for (int k = 1; k < _units.Length && _active.Count > 0; k++)
        {
            Computed[k] = _active.Count;
            var unit = _units[k];
            int corner = -_all.RowStride - 1;
            var (near, far) = (_all, _all);
            if (_active.Count < _all.Count)
            {
                _near.SetNeighbourhood(_active);
                _far.SetNeighbourhood(_near);
                (near, far) = (_near, _far);
            }

            unit.Norm1.Run(_state, _activated, far.Padded);
            unit.Convolution1.Run(_activated, _all.RowStride, near.Padded, corner, _middle, near.Padded, add: false);
            unit.Norm2.Run(_middle, _middle, near.Padded);
            unit.Convolution2.Run(_middle, _all.RowStride, _active.Padded, corner, _state, _active.Padded, add: true);
            Halt(k, near);
        }
    }

    void FirstUnit()
    {
        var unit = _units[0];
        unit.Norm1.Run(_input, _first, _inputs.Padded);
        unit.Convolution1.Run(_first, _inputs.RowStride, _windows, 0, _middle, _all.Padded, add: false);
        unit.Norm2.Run(_middle, _middle, _all.Padded);

        // The shortcut: means over the stride, new channels of zeros on both sides.
        int before = (_channels - _inputChannels) / 2;
        float share = 1f / (_stride * _stride);
        for (int k = 0; k < _all.Count; k++)
        {
            int place = _all.Padded[k];
            var state = _state.AsSpan(place * _channels, _channels);
            state.Clear();
            var part = state.Slice(before, _inputChannels);
            for (int t = 0; t < _stride * _stride; t++)
            {
                int pixel = _windows[k] + _inputs.RowStride + 1 + (t / _stride * _inputs.RowStride) + (t % _stride);
                AddScaled(share, _input.AsSpan(pixel * _inputChannels, _inputChannels), part);
            }
        }

        unit.Convolution2.Run(_middle, _all.RowStride, _all.Padded, -_all.RowStride - 1, _state, _all.Padded, add: true);
    }

    /// <summary>Adds the active positions' states to the output, and takes those out that have halted.</summary>
    void Halt(int k, ActivePositions near)
    {
        if (_scores.Length == 0)
        {
            return;
        }

        bool last = k == _scores.Length;
        if (!last)
        {
            _scores[k].Run(this, near);
        }

        _active.Keep(place =>
        {
            float h = _score[place];
            _sum[place] += h;
            bool stops = last || _sum[place] >= _threshold;
            float p = stops ? _remainder[place] : h;
            AddScaled(p, _state.AsSpan(place * _channels, _channels), _output.AsSpan(place * _channels, _channels));

            _remainder[place] -= h;
            return !stops;
        });
    }

    /// <summary>Adds a factor times some values, as many as are divided by 16, to others.</summary>
    static void AddScaled(float factor, ReadOnlySpan<float> values, Span<float> to)
    {
        var from = MemoryMarshal.Cast<float, Vector512<float>>(values);
        var sums = MemoryMarshal.Cast<float, Vector512<float>>(to);
        var scale = Vector512.Create(factor);
        for (int k = 0; k < sums.Length; k++)
        {
            sums[k] = Vector512.FusedMultiplyAdd(scale, from[k], sums[k]);
        }
    }

    sealed class Unit(PreActivationUnit unit)
    {
        internal FoldedNorm Norm1 { get; } = new(unit.First.Norm);

        internal PositionConvolution Convolution1 { get; } = new(unit.First.Convolution);

        internal FoldedNorm Norm2 { get; } = new(unit.Second.Norm);

        internal PositionConvolution Convolution2 { get; } = new(unit.Second.Convolution);
    }

    sealed class Score
    {
        readonly FoldedNorm _pooledNorm;
        readonly FoldedNorm? _norm;
        readonly float[] _global, _local; // [channels], [9, channels]
        readonly float _bias;
        readonly float[] _pooled;

        internal Score(HaltingScore score)
        {
            _pooledNorm = new(score.Global.Norm);
            _pooled = new float[_pooledNorm.Channels];
            _global = Values(score.Global.Linear.weight!);
            _norm = score.Local is { } local ? new(local.Norm) : null;
            using var scope = NewDisposeScope();
            _local = score.Local is { } part ? Values(part.Convolution.weight!.detach().reshape(-1, 9).transpose(0, 1).contiguous()) : [];
            _bias = Values((score.Local?.Convolution.bias ?? score.Global.Linear.bias)!)[0];
        }

        /// <summary>The scores of the active positions.</summary>
        internal void Run(ActiveBlock block, ActivePositions near)
        {
            int channels = block._channels;
            Array.Clear(_pooled);
            foreach (int place in block._all.Padded)
            {
                AddScaled(1, block._state.AsSpan(place * channels, channels), _pooled);
            }

            float z = _bias;
            for (int c = 0; c < channels; c++)
            {
                z += _global[c] * _pooledNorm.Of(_pooled[c] / block._all.Count, c);
            }

            _norm?.Run(block._state, block._activated, near.Padded);
            foreach (int place in block._active.Padded)
            {
                float sum = z;
                var products = Vector512<float>.Zero;
                for (int row = 0; row < 3 && _norm is not null; row++)
                {
                    int at = (place + ((row - 1) * block._all.RowStride) - 1) * channels;
                    var features = MemoryMarshal.Cast<float, Vector512<float>>(block._activated.AsSpan(at, 3 * channels));
                    var weights = MemoryMarshal.Cast<float, Vector512<float>>(_local.AsSpan(row * 3 * channels, 3 * channels));
                    for (int c = 0; c < features.Length; c++)
                    {
                        products = Vector512.FusedMultiplyAdd(features[c], weights[c], products);
                    }
                }

                sum += Vector512.Sum(products);

                block._score[place] = 1 / (1 + MathF.Exp(-sum));
            }
        }

        static float[] Values(Tensor tensor)
        {
            using var flat = tensor.detach().flatten();
            return flat.data<float>().ToArray();
        }
    }
}

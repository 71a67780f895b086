using static TorchSharp.torch;

namespace ResearchKit.Data;

/// <summary>Random changes that leave the label true, drawn for each image and epoch.</summary>
/// <param name="Shift">Zero padding on each side in pixels, followed by a crop of the old size at a random place.</param>
/// <param name="Flip">Mirror left to right with probability one half.</param>
public sealed record Augmentation(int Shift = 0, bool Flip = false)
{
    /// <summary>No change.</summary>
    public static Augmentation None { get; } = new();
}

/// <summary>
/// A data set as a sequence of normalised mini-batches. Any batch of any epoch can be asked for: its order and its augmentation
/// follow from (seed, epoch, index) alone, so nothing has to be saved to go on after an interruption.
/// </summary>
public sealed class Batches : IDisposable
{
    readonly Tensor _pixels; // uint8 [N, H + 2 shift, W + 2 shift, C]: channels last, as libtorch convolves fastest
    readonly Tensor _labels; // int64 [N]
    readonly Tensor _mean, _scale; // [W C]: a row's, as operators are slow on an innermost dimension of three
    readonly Augmentation _augmentation;
    readonly string _name;
    readonly ulong _seed;
    readonly bool _shuffle;
    readonly int _height, _width, _channels;
    (int Epoch, long[] Order) _order = (-1, []);

    /// <summary>Prepares the images of a set.</summary>
    /// <param name="images">The images and labels.</param>
    /// <param name="batchSize">Images in a batch; the last of an epoch may have fewer.</param>
    /// <param name="statistics">Mean and standard deviation of each channel, on the scale 0 to 1: taken from the training part.</param>
    /// <param name="shuffle">A new order in each epoch, or the set's own.</param>
    /// <param name="seed">Seed of order and augmentation.</param>
    /// <param name="augmentation">Random changes, none by default.</param>
    public Batches(
        ImageSet images, int batchSize, ChannelStatistics statistics, bool shuffle = false, int seed = 0, Augmentation? augmentation = null)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(statistics);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        (BatchSize, _shuffle, _seed, _augmentation) = (batchSize, shuffle, (ulong)seed, augmentation ?? Augmentation.None);
        (_name, ImageCount, _channels, _height, _width) = (images.Name, images.Count, images.Channels, images.Height, images.Width);
        using var scope = NewDisposeScope();
        int shift = _augmentation.Shift;
        var planes = tensor(images.Pixels, new long[] { images.Count, _channels, _height, _width });
        var padded = shift == 0 ? planes : nn.functional.pad(planes, [shift, shift, shift, shift]);
        _pixels = padded.permute(0, 2, 3, 1).contiguous().DetachFromDisposeScope();
        _labels = tensor(Array.ConvertAll(images.Labels, l => (long)l)).DetachFromDisposeScope();
        _mean = tensor(Array.ConvertAll(statistics.Mean, m => (float)(255 * m))).repeat(_width).DetachFromDisposeScope();
        _scale = tensor(Array.ConvertAll(statistics.Std, s => (float)(1 / (255 * s)))).repeat(_width).DetachFromDisposeScope();
    }

    /// <summary>Images in an epoch.</summary>
    public int ImageCount { get; }

    /// <summary>Images in a batch.</summary>
    public int BatchSize { get; }

    /// <summary>Batches in an epoch.</summary>
    public int Count => (ImageCount + BatchSize - 1) / BatchSize;

    /// <summary>One batch.</summary>
    /// <param name="epoch">Counted from 0.</param>
    /// <param name="index">Counted from 0, less than <see cref="Count"/>.</param>
    public Batch Get(int epoch, int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        using var scope = NewDisposeScope();
        int first = index * BatchSize;
        var members = tensor(Order(epoch).AsSpan(first, Math.Min(BatchSize, ImageCount - first)).ToArray());
        var images = _augmentation == Augmentation.None ? _pixels.index_select(0, members) : Augment(members, epoch, index);
        var rows = images.to(float32).view(-1, _height, _width * _channels).sub_(_mean).mul_(_scale);
        var input = rows.view(-1, _height, _width, _channels).permute(0, 3, 1, 2);
        return new(
            input.MoveToOuterDisposeScope(), _labels.index_select(0, members).MoveToOuterDisposeScope(), members.MoveToOuterDisposeScope())
        {
            Epochs = epoch + ((double)index / Count),
        };
    }

    /// <summary>What decides the sequence: set, batch size, order, augmentation.</summary>
    public override string ToString() =>
        $"{_name}, {ImageCount} images, batches of {BatchSize}, {(_shuffle ? $"shuffled with seed {_seed}" : "in order")}, {_augmentation}";

    /// <summary>Lets the images go.</summary>
    public void Dispose()
    {
        _pixels.Dispose();
        _labels.Dispose();
        _mean.Dispose();
        _scale.Dispose();
    }

    /// <summary>Gathers each pixel of the batch from its place in the padded image: [N, H, W, C].</summary>
    Tensor Augment(Tensor members, int epoch, int index)
    {
        int n = (int)members.numel();
        var random = new SplitMix64(_seed ^ 0xA46E0000UL, ((ulong)epoch << 32) | (uint)index);
        var (top, left, sign) = (new long[n], new long[n], new long[n]);
        for (int k = 0; k < n; k++)
        {
            bool flipped = _augmentation.Flip && random.NextInt32(2) == 1;
            top[k] = random.NextInt32((2 * _augmentation.Shift) + 1);
            left[k] = random.NextInt32((2 * _augmentation.Shift) + 1) + (flipped ? _width - 1 : 0);
            sign[k] = flipped ? -1 : 1;
        }

        long paddedHeight = _pixels.shape[1], paddedWidth = _pixels.shape[2];
        var rows = ((members * paddedHeight) + tensor(top)).unsqueeze(1) + arange(_height, dtype: int64);
        var columns = tensor(left).unsqueeze(1) + (tensor(sign).unsqueeze(1) * arange(_width, dtype: int64));
        var places = (rows.unsqueeze(2) * paddedWidth) + columns.unsqueeze(1);
        return _pixels.view(-1, _channels).index_select(0, places.view(-1)).view(n, _height, _width, _channels);
    }

    long[] Order(int epoch)
    {
        if (_order.Epoch != epoch)
        {
            _order = (epoch, _shuffle
                ? Array.ConvertAll(SplitMix64.Permutation(ImageCount, _seed, (ulong)epoch), i => (long)i)
                : [.. Enumerable.Range(0, ImageCount).Select(i => (long)i)]);
        }

        return _order.Order;
    }
}

using ResearchKit.Kernels;

namespace ResearchKit.Papers.BranchyNet;

/// <summary>
/// The channels of one image, each within a border of zeros, so that convolutions of any padding up to the border read them without a test.
/// Rows lie far enough apart, and enough follows the last one, for vectors to be read and written beyond their ends.
/// </summary>
sealed unsafe class PaddedPlanes
{
    readonly PinnedMemory _memory;

    internal PaddedPlanes(int channels, int height, int width, int border)
    {
        (Channels, Height, Width, Border) = (channels, height, width, border);
        RowStride = width + (2 * border) + Lanes;
        PlaneStride = (height + (2 * border) + 1) * RowStride; // a row more: odd heights are computed by pairs of rows
        _memory = new(((long)channels * PlaneStride + (2 * Lanes)) * sizeof(float));
    }

    /// <summary>Floats of a vector.</summary>
    internal const int Lanes = 16;

    internal int Channels { get; }

    internal int Height { get; }

    internal int Width { get; }

    internal int Border { get; }

    /// <summary>Floats from one row to the next.</summary>
    internal int RowStride { get; }

    /// <summary>Floats from one channel to the next.</summary>
    internal int PlaneStride { get; }

    /// <summary>Where a channel's row begins; rows down to -<see cref="Border"/> are there.</summary>
    internal float* Row(int channel, int row) => (float*)_memory.Start + (channel * PlaneStride) + ((row + Border) * RowStride) + Border;

    /// <summary>Takes an image in.</summary>
    /// <param name="image">[C, H, W].</param>
    internal void Fill(ReadOnlySpan<float> image)
    {
        for (int c = 0; c < Channels; c++)
        {
            for (int y = 0; y < Height; y++)
            {
                image.Slice(((c * Height) + y) * Width, Width).CopyTo(new(Row(c, y), Width));
            }
        }
    }

    /// <summary>Gives the channels without their borders.</summary>
    /// <param name="flat">At least [C H W]; what is longer stays.</param>
    internal void CopyTo(Span<float> flat)
    {
        for (int c = 0; c < Channels; c++)
        {
            for (int y = 0; y < Height; y++)
            {
                new ReadOnlySpan<float>(Row(c, y), Width).CopyTo(flat[(((c * Height) + y) * Width)..]);
            }
        }
    }
}

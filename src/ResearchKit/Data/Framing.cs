using ResearchKit.Formats;

namespace ResearchKit.Data;

/// <summary>
/// How an image of any size becomes one of the network's: it is resized until its shorter side has <paramref name="ShorterSide"/>
/// pixels, and the square of <paramref name="Side"/> pixels in its centre is kept: <c>Resize</c> and <c>CenterCrop</c> of torchvision,
/// byte for byte.
/// </summary>
/// <param name="ShorterSide">The pixels of the shorter side after resizing.</param>
/// <param name="Side">The pixels of a side of the result, at most <paramref name="ShorterSide"/>.</param>
public sealed record Framing(int ShorterSide, int Side)
{
    /// <summary>The usual one for networks of ImageNet: 256, then 224.</summary>
    public static Framing ImageNet { get; } = new(256, 224);

    /// <summary>The square in the centre, as large as fits, resized.</summary>
    public static Framing Square(int side) => new(side, side);

    /// <summary>The planes of red, green and blue, [3, Side, Side]; those of a grey image are alike.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The sides are not positive, or the square is larger than the resized image.</exception>
    public byte[] Apply(DecodedImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentOutOfRangeException.ThrowIfLessThan(Side, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(ShorterSide, Side);
        var shorter = Math.Min(image.Width, image.Height);
        int Scaled(int side) => side == shorter ? ShorterSide : (int)((long)ShorterSide * side / shorter);
        var resized = Resampling.Resize(image, Scaled(image.Width), Scaled(image.Height));
        // Halves go to the even number, as Python rounds.
        var top = (int)Math.Round((resized.Height - Side) / 2.0);
        var left = (int)Math.Round((resized.Width - Side) / 2.0);
        var planes = GC.AllocateUninitializedArray<byte>(3 * Side * Side);
        for (var y = 0; y < Side; y++)
        {
            var row = resized.Pixels.AsSpan((((top + y) * resized.Width) + left) * image.Channels, Side * image.Channels);
            for (var c = 0; c < 3; c++)
            {
                var plane = planes.AsSpan((c * Side + y) * Side, Side);
                for (int x = 0, from = image.Channels == 1 ? 0 : c; x < Side; x++, from += image.Channels)
                    plane[x] = row[from];
            }
        }
        return planes;
    }
}

using ResearchKit.Formats;

namespace ResearchKit.Data;

/// <summary>
/// Antialiased bilinear resizing with the arithmetic of Pillow, which torchvision's transforms of images use too: rows, then
/// columns, each with triangular weights as wide as the reduction, in fixed point, rounded to 8 bits after either.
/// </summary>
static class Resampling
{
    const int FractionBits = 22;

    /// <summary>The image in another size.</summary>
    public static DecodedImage Resize(DecodedImage image, int width, int height)
    {
        var pixels = image.Pixels;
        if (width != image.Width)
            pixels = AlongRows(pixels, image.Width, image.Height, image.Channels, new Weights(image.Width, width));
        if (height != image.Height)
            pixels = AlongColumns(pixels, width * image.Channels, new Weights(image.Height, height));
        return image with { Width = width, Height = height, Pixels = pixels };
    }

    static byte[] AlongRows(byte[] pixels, int width, int height, int channels, Weights weights)
    {
        var result = GC.AllocateUninitializedArray<byte>(height * weights.Count * channels);
        var to = 0;
        for (var y = 0; y < height; y++)
        {
            var row = pixels.AsSpan(y * width * channels, width * channels);
            for (var x = 0; x < weights.Count; x++)
            {
                var (first, taps) = weights[x];
                for (var c = 0; c < channels; c++)
                {
                    var sum = 1 << (FractionBits - 1);
                    for (int k = 0, from = first * channels + c; k < taps.Length; k++, from += channels)
                        sum += row[from] * taps[k];
                    result[to++] = (byte)Math.Clamp(sum >> FractionBits, 0, 255);
                }
            }
        }
        return result;
    }

    static byte[] AlongColumns(byte[] pixels, int rowBytes, Weights weights)
    {
        var result = GC.AllocateUninitializedArray<byte>(weights.Count * rowBytes);
        var sums = new int[rowBytes];
        for (var y = 0; y < weights.Count; y++)
        {
            var (first, taps) = weights[y];
            Array.Fill(sums, 1 << (FractionBits - 1));
            for (var k = 0; k < taps.Length; k++)
            {
                var row = pixels.AsSpan((first + k) * rowBytes, rowBytes);
                for (var i = 0; i < sums.Length; i++)
                    sums[i] += row[i] * taps[k];
            }
            for (var i = 0; i < sums.Length; i++)
                result[y * rowBytes + i] = (byte)Math.Clamp(sums[i] >> FractionBits, 0, 255);
        }
        return result;
    }

    /// <summary>For each place of the result, the first place of the source that counts and the fixed-point weights from there on.</summary>
    sealed class Weights
    {
        readonly (int First, int[] Taps)[] places;

        public Weights(int from, int to)
        {
            var scale = (double)from / to;
            // An enlargement interpolates between neighbours; a reduction averages over what falls on the new pixel.
            var reach = Math.Max(scale, 1.0);
            places = new (int, int[])[to];
            for (var i = 0; i < to; i++)
            {
                var centre = (i + 0.5) * scale;
                var first = Math.Max(0, (int)(centre - reach + 0.5));
                var end = Math.Min(from, (int)(centre + reach + 0.5));
                var weights = new double[end - first];
                for (var k = 0; k < weights.Length; k++)
                    weights[k] = Math.Max(0, 1 - Math.Abs((first + k - centre + 0.5) * (1 / reach)));
                var total = weights.Sum();
                places[i] = (first, Array.ConvertAll(weights, w => (int)(0.5 + w / total * (1 << FractionBits))));
            }
        }

        public int Count => places.Length;

        public (int First, int[] Taps) this[int place] => places[place];
    }
}

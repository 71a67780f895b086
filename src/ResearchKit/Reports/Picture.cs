using System.Buffers.Binary;

namespace ResearchKit.Reports;

/// <summary>Small pictures for notebooks: an image, a matrix of weights, a map over positions. Every pixel is drawn as a square.</summary>
public static class Picture
{
    const int HeaderBytes = 54;

    /// <summary>An element of HTML that shows a picture.</summary>
    /// <param name="height">Pixels.</param>
    /// <param name="width">Pixels.</param>
    /// <param name="pixel">Red, green and blue of a row and a column.</param>
    /// <param name="zoom">Sides of a pixel on the screen.</param>
    /// <param name="title">Said by browsers that cannot show it, and shown under the pointer.</param>
    public static string Html(int height, int width, Func<int, int, (byte Red, byte Green, byte Blue)> pixel, int zoom = 4, string title = "")
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(zoom);
        string words = System.Net.WebUtility.HtmlEncode(title);
        return $"<img alt=\"{words}\" title=\"{words}\" width=\"{width * zoom}\" height=\"{height * zoom}\" style=\"image-rendering:pixelated;margin:2px\" "
            + $"src=\"data:image/bmp;base64,{Convert.ToBase64String(Bitmap(height, width, pixel))}\">";
    }

    /// <summary>A colour between white at 0 and dark blue at 1; what lies outside is drawn as the nearer of the two.</summary>
    /// <param name="value">In [0, 1].</param>
    public static (byte Red, byte Green, byte Blue) Shade(double value)
    {
        double v = double.IsFinite(value) ? Math.Clamp(value, 0, 1) : 0;
        return ((byte)Math.Round(255 - (247 * v)), (byte)Math.Round(255 - (207 * v)), (byte)Math.Round(255 - (148 * v)));
    }

    /// <summary>A picture as a Windows bitmap of 24 bits a pixel: rows from the bottom up, each padded to four bytes.</summary>
    /// <param name="height">Pixels.</param>
    /// <param name="width">Pixels.</param>
    /// <param name="pixel">Red, green and blue of a row and a column.</param>
    public static byte[] Bitmap(int height, int width, Func<int, int, (byte Red, byte Green, byte Blue)> pixel)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentNullException.ThrowIfNull(pixel);
        int stride = ((3 * width) + 3) / 4 * 4;
        var bytes = new byte[HeaderBytes + (stride * height)];
        void Put(int at, int value) => BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), value);
        (bytes[0], bytes[1]) = ((byte)'B', (byte)'M');
        Put(2, bytes.Length);
        Put(10, HeaderBytes);
        Put(14, 40);
        Put(18, width);
        Put(22, height);
        Put(26, 1 | (24 << 16)); // one plane, 24 bits
        Put(34, stride * height);
        for (int row = 0; row < height; row++)
        {
            for (int column = 0; column < width; column++)
            {
                int at = HeaderBytes + ((height - 1 - row) * stride) + (3 * column);
                (bytes[at + 2], bytes[at + 1], bytes[at]) = pixel(row, column);
            }
        }

        return bytes;
    }
}

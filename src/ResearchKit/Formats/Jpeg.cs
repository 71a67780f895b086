using System.Runtime.InteropServices;

namespace ResearchKit.Formats;

/// <summary>
/// Decodes JPEG images with the system's libturbojpeg: baseline and progressive, 8 bits a channel, grey, RGB, YCbCr, CMYK or YCCK.
/// The exact inverse transform and smooth chroma upsampling are used, as Pillow does, so that both give the same bytes. Colour
/// profiles and the orientation in EXIF data are not applied. What the library only warns of counts as damage.
/// </summary>
public static partial class Jpeg
{
    /// <summary>The largest decoded image by default: 512 MiB.</summary>
    public const long DefaultMaximumBytes = 512L << 20;

    const string Library = "libturbojpeg.so.0";
    const int FormatRgb = 0, FormatGrey = 6, FormatCmyk = 11;
    const int AccurateTransform = 4096, StopOnWarning = 8192, LimitScans = 32768, Flags = AccurateTransform | StopOnWarning | LimitScans;

    /// <summary>Decodes a file.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, is no JPEG, is too large, or of a kind that is not supported.</exception>
    public static DecodedImage Read(string path, long maximumBytes = DefaultMaximumBytes) =>
        Decode(File.ReadAllBytes(path), path, maximumBytes);

    /// <summary>Decodes an image from memory.</summary>
    /// <param name="bytes">The whole JPEG file.</param>
    /// <param name="name">Stands for the file in error messages.</param>
    /// <param name="maximumBytes">Larger decoded images are refused before memory is allocated for them.</param>
    /// <returns>One channel for a grey image, three for all others.</returns>
    /// <exception cref="InvalidDataException">The bytes are damaged, no JPEG, too large, or of a kind that is not supported.</exception>
    /// <exception cref="DllNotFoundException">libturbojpeg is not installed.</exception>
    public static DecodedImage Decode(ReadOnlySpan<byte> bytes, string name, long maximumBytes = DefaultMaximumBytes)
    {
        var header = JpegHeader.Read(bytes, name, maximumBytes);
        var format = header.Components switch { 1 => FormatGrey, 3 => FormatRgb, _ => FormatCmyk };
        var decoder = CreateDecoder(name);
        try
        {
            // Few bytes may claim many pixels: whether they are all there is found out at an eighth of the size first.
            if (header.DecodedBytes > 16L * bytes.Length + (1 << 20))
                Try(decoder, bytes, Eighth(header.Width), Eighth(header.Height), format, name);
            var pixels = GC.AllocateUninitializedArray<byte>((int)header.DecodedBytes);
            Decompress(decoder, bytes, pixels, header.Width, header.Height, format, name);
            return format == FormatCmyk
                ? new(header.Width, header.Height, 3, FromCmyk(pixels))
                : new(header.Width, header.Height, header.Components, pixels);
        }
        finally
        {
            tjDestroy(decoder);
        }
    }

    static int Eighth(int length) => (length + 7) / 8;

    static void Try(nint decoder, ReadOnlySpan<byte> bytes, int width, int height, int format, string name)
    {
        var (tried, channels) = format == FormatCmyk ? (FormatCmyk, 4) : (FormatGrey, 1);
        Decompress(decoder, bytes, new byte[width * height * channels], width, height, tried, name);
    }

    static unsafe void Decompress(nint decoder, ReadOnlySpan<byte> bytes, byte[] pixels, int width, int height, int format, string name)
    {
        fixed (byte* source = bytes, target = pixels)
        {
            if (tjDecompress2(decoder, source, (nuint)bytes.Length, target, width, 0, height, format, Flags) != 0)
                throw new InvalidDataException($"'{name}' cannot be decoded; libturbojpeg says: "
                    + $"{Marshal.PtrToStringUTF8((nint)tjGetErrorStr2(decoder))}. Remove it and fetch it again.");
        }
    }

    static nint CreateDecoder(string name)
    {
        try
        {
            var decoder = tjInitDecompress();
            return decoder != 0 ? decoder : throw new InsufficientMemoryException($"libturbojpeg had no memory to decode '{name}'.");
        }
        catch (DllNotFoundException e)
        {
            throw new DllNotFoundException($"Decoding '{name}' needs libturbojpeg. Install it: apt-get install libturbojpeg0", e);
        }
    }

    /// <summary>Ink as it is stored, 255 for none, to light: each colour is dimmed by the black, rounded to the nearest.</summary>
    static byte[] FromCmyk(ReadOnlySpan<byte> ink)
    {
        var light = GC.AllocateUninitializedArray<byte>(ink.Length / 4 * 3);
        for (int from = 0, to = 0; from < ink.Length; from += 4)
        {
            var white = ink[from + 3];
            for (var c = 0; c < 3; c++)
                light[to++] = (byte)(white - ((255 - ink[from + c]) * white + 127) / 255);
        }
        return light;
    }

    [LibraryImport(Library)]
    private static partial nint tjInitDecompress();

    [LibraryImport(Library)]
    private static unsafe partial int tjDecompress2(
        nint decoder, byte* bytes, nuint count, byte* pixels, int width, int pitch, int height, int format, int flags);

    [LibraryImport(Library)]
    private static unsafe partial byte* tjGetErrorStr2(nint decoder);

    [LibraryImport(Library)]
    private static partial void tjDestroy(nint decoder);
}

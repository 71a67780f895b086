using System.Runtime.InteropServices;
using System.Text;

namespace ResearchKit.Formats;

/// <summary>
/// Decodes PNG images of up to 8 bits a channel with the system's libpng. Values are those stored in the file: gamma and
/// colour profiles are not applied, as a data set's bytes must not depend on them.
/// </summary>
public static partial class Png
{
    /// <summary>The largest decoded image by default: 512 MiB.</summary>
    public const long DefaultMaximumBytes = 512L << 20;

    const string Library = "libpng16.so.16";
    const uint FormatGrey = 0, FormatColour = 2;

    /// <summary>Decodes a file.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, is no PNG, is too large, or uses 16 bits or transparency.</exception>
    public static DecodedImage Read(string path, long maximumBytes = DefaultMaximumBytes) => Decode(File.ReadAllBytes(path), path, maximumBytes);

    /// <summary>Decodes an image from memory.</summary>
    /// <param name="bytes">The whole PNG file.</param>
    /// <param name="name">Stands for the file in error messages.</param>
    /// <param name="maximumBytes">Larger decoded images are refused before memory is allocated for them.</param>
    /// <exception cref="InvalidDataException">The bytes are damaged, no PNG, too large, or use 16 bits or transparency.</exception>
    /// <exception cref="DllNotFoundException">libpng is not installed.</exception>
    public static unsafe DecodedImage Decode(ReadOnlySpan<byte> bytes, string name, long maximumBytes = DefaultMaximumBytes)
    {
        try
        {
            var (header, essential) = PngChunks.Verify(bytes, name, maximumBytes);
            var image = new Image { Version = 1 };
            var pixels = Array.Empty<byte>();
            try
            {
                fixed (byte* memory = essential)
                {
                    if (png_image_begin_read_from_memory(&image, memory, essential.Length) == 0 || image.WarningOrError != 0)
                        throw Refused(&image, name);
                    if (image.Width != header.Width || image.Height != header.Height)
                        throw new InvalidDataException($"'{name}' cannot be decoded: libpng reads other dimensions than the header's.");
                    pixels = GC.AllocateUninitializedArray<byte>(header.Width * header.Height * header.Channels);
                    image.Format = header.Channels == 1 ? FormatGrey : FormatColour;
                    fixed (byte* target = pixels)
                    {
                        // libpng only warns of some kinds of missing data; the pixels are then not to be trusted.
                        if (png_image_finish_read(&image, null, target, header.Width * header.Channels, null) == 0
                            || image.WarningOrError != 0)
                            throw Refused(&image, name);
                    }
                }
            }
            finally
            {
                png_image_free(&image);
            }
            return new(header.Width, header.Height, header.Channels, pixels);
        }
        catch (DllNotFoundException e)
        {
            throw new DllNotFoundException($"Decoding '{name}' needs libpng. Install it: apt-get install libpng16-16", e);
        }
    }

    static unsafe InvalidDataException Refused(Image* image, string name)
    {
        var message = new ReadOnlySpan<byte>(image->Message, Image.MessageLength);
        var end = message.IndexOf((byte)0);
        return new($"'{name}' cannot be decoded; libpng says: {Encoding.Latin1.GetString(end < 0 ? message : message[..end])}. "
            + "Remove it and fetch it again.");
    }

    /// <summary>libpng's png_image, version 1.</summary>
    [StructLayout(LayoutKind.Sequential)]
    unsafe struct Image
    {
        public const int MessageLength = 64;
        public nint Opaque;
        public uint Version, Width, Height, Format, Flags, ColourmapEntries, WarningOrError;
        public fixed byte Message[MessageLength];
    }

    [LibraryImport(Library)]
    private static unsafe partial int png_image_begin_read_from_memory(Image* image, byte* memory, nint size);

    [LibraryImport(Library)]
    private static unsafe partial int png_image_finish_read(Image* image, void* background, byte* buffer, int rowStride, void* colourmap);

    [LibraryImport(Library)]
    private static unsafe partial void png_image_free(Image* image);
}

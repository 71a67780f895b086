namespace ResearchKit.Formats;

/// <summary>
/// Reads grey images in the PGM form of Netpbm: a header in text (P5 or P2, width, height, largest value) and the values, as bytes in P5, as
/// decimal numbers in P2. Values are brought to the range from 0 to 255 where the largest is another.
/// </summary>
public static class Pgm
{
    const int LongestNumber = 9; // digits

    /// <summary>Decodes a file.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, is no PGM, or has values of 16 bits.</exception>
    public static DecodedImage Read(string path) => Decode(File.ReadAllBytes(path), path);

    /// <summary>Decodes an image from memory; <paramref name="name"/> stands for the file in error messages.</summary>
    /// <exception cref="InvalidDataException">The bytes are damaged, are no PGM, or have values of 16 bits.</exception>
    public static DecodedImage Decode(ReadOnlySpan<byte> bytes, string name)
    {
        if (bytes is not [(byte)'P', (byte)'5' or (byte)'2', ..])
            throw Refused(name, 0, "it begins with neither P5 nor P2");
        var binary = bytes[1] == '5';
        var at = 2;
        var width = Number(bytes, ref at, name, "width");
        var height = Number(bytes, ref at, name, "height");
        var largest = Number(bytes, ref at, name, "largest value");
        if (width == 0 || height == 0 || largest is 0 or > 255)
            throw Refused(name, at, $"{width} x {height} pixels of values up to {largest}; expected are some of values up to 255");
        // Exactly one blank stands before the bytes of P5.
        if (at == bytes.Length || !IsBlank(bytes[at]))
            throw Refused(name, at, "no blank follows the header");
        if (binary)
            at++;
        // In text a pixel takes a blank and a digit at least, so that nothing larger than the file is allocated.
        if ((binary ? 1 : 2) * (long)width * height > bytes.Length - at)
            throw Refused(name, at, $"{bytes.Length - at} bytes cannot hold {width} x {height} pixels");
        var pixels = new byte[width * height];
        if (binary)
        {
            bytes.Slice(at, pixels.Length).CopyTo(pixels);
            at += pixels.Length;
        }
        for (var i = 0; i < pixels.Length; i++)
        {
            var value = binary ? pixels[i] : Number(bytes, ref at, name, "value");
            if (value > largest)
                throw Refused(name, at, $"the value {value} is larger than {largest}");
            pixels[i] = (byte)((value * 255 + largest / 2) / largest);
        }
        if (!binary)
            SkipBlanks(bytes, ref at);
        if (at != bytes.Length)
            throw Refused(name, at, $"{bytes.Length - at} bytes follow the image");
        return new(width, height, 1, pixels);
    }

    static int Number(ReadOnlySpan<byte> bytes, ref int at, string name, string what)
    {
        var before = at;
        SkipBlanks(bytes, ref at);
        var first = at;
        var number = 0;
        for (; at < bytes.Length && bytes[at] is >= (byte)'0' and <= (byte)'9' && at - first <= LongestNumber; at++)
            number = number * 10 + bytes[at] - '0';
        if (first == before || first == at || at - first > LongestNumber)
            throw Refused(name, first, $"the {what} is missing or no plain number");
        return number;
    }

    // A comment goes from # to the end of its line.
    static void SkipBlanks(ReadOnlySpan<byte> bytes, ref int at)
    {
        for (; at < bytes.Length && (IsBlank(bytes[at]) || bytes[at] == '#'); at++)
        {
            if (bytes[at] == '#' && bytes[at..].IndexOfAny((byte)'\n', (byte)'\r') is var length)
                at = length < 0 ? bytes.Length - 1 : at + length;
        }
    }

    static bool IsBlank(byte value) => value is (byte)' ' or >= 9 and <= 13;

    static InvalidDataException Refused(string name, int offset, string reason) =>
        new($"'{name}' cannot be decoded: {reason} (byte {offset}). Remove it and fetch it again.");
}

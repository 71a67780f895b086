namespace ResearchKit.Formats;

/// <summary>A decoded image.</summary>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Channels">1 for grey, 3 for red, green, blue.</param>
/// <param name="Pixels">[Height, Width, Channels] in row-major order, 8 bits each.</param>
public sealed record DecodedImage(int Width, int Height, int Channels, byte[] Pixels);

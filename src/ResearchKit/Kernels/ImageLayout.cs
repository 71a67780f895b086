namespace ResearchKit.Kernels;

/// <summary>In which order the values of a batch of images lie.</summary>
public enum ImageLayout
{
    /// <summary>[batch, channels, height, width]: plane after plane, libtorch's default.</summary>
    Nchw,

    /// <summary>[batch, height, width, channels]: pixel after pixel, libtorch's channels_last.</summary>
    Nhwc,
}

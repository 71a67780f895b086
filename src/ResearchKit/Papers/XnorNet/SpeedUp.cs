namespace ResearchKit.Papers.XnorNet;

/// <summary>
/// The paper's count of operations (arXiv:1603.05279, Sec. 4.1): a convolution has c N_W N_I of them; binary, 64 go at once, and N_I real
/// ones are left.
/// </summary>
public static class SpeedUp
{
    /// <summary>S = 64 c N_W / (c N_W + 64).</summary>
    /// <param name="channels">c.</param>
    /// <param name="taps">N_W, the pixels of a filter.</param>
    public static double Of(int channels, int taps) => 64.0 * channels * taps / ((channels * taps) + 64.0);
}

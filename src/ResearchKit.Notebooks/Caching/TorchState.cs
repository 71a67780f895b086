using TorchSharp;

namespace ResearchKit.Notebooks.Caching;

/// <summary>Where torch's random numbers stand: cells that come after a cached one draw what they would have drawn after it ran.</summary>
static class TorchState
{
    /// <summary>The state; null as long as nothing has loaded libtorch, which takes a while.</summary>
    public static byte[]? Get()
    {
        if (!File.ReadLines("/proc/self/maps").Any(l => l.Contains("libtorch", StringComparison.Ordinal)))
            return null;
        using var state = torch.get_rng_state();
        return state.bytes.ToArray();
    }

    /// <summary>Goes on from a state.</summary>
    public static void Set(byte[]? bytes)
    {
        if (bytes is null)
            return;
        using var state = torch.zeros([bytes.Length], torch.ScalarType.Byte);
        bytes.CopyTo(state.bytes);
        torch.set_rng_state(state);
    }
}

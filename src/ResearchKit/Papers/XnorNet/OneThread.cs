using ResearchKit.Measuring;
using static TorchSharp.torch;

namespace ResearchKit.Papers.XnorNet;

/// <summary>Timings with one thread on both sides.</summary>
static class OneThread
{
    internal static PairedLatency Time(Action baseline, Action candidate, int rounds)
    {
        int threads = get_num_threads();
        set_num_threads(1);
        try
        {
            return PairedLatency.Of(baseline, candidate, rounds);
        }
        finally
        {
            set_num_threads(threads);
        }
    }
}

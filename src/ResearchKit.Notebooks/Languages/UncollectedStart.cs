using System.Runtime;

namespace ResearchKit.Notebooks.Languages;

/// <summary>
/// Holds the collector back while a compiler starts: nearly all that it allocates then stays, so that collecting, which the small
/// nursery of training would do a hundred times, finds nothing.
/// </summary>
static class UncollectedStart
{
    const long Bytes = 240L << 20;

    /// <summary>Starts something.</summary>
    public static T Of<T>(Func<T> start)
    {
        var held = Hold();
        try
        {
            return start();
        }
        finally
        {
            if (held)
                Release();
        }
    }

    /// <summary>Starts something that gives nothing.</summary>
    public static void Of(Action start) => Of<object?>(() =>
    {
        start();
        return null;
    });

    static bool Hold()
    {
        try
        {
            return GC.TryStartNoGCRegion(Bytes);
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or InvalidOperationException)
        {
            // Memory is short, or another compiler starts just now.
            return false;
        }
    }

    static void Release()
    {
        try
        {
            if (GCSettings.LatencyMode == GCLatencyMode.NoGCRegion)
                GC.EndNoGCRegion();
        }
        catch (InvalidOperationException)
        {
            // More was allocated than was held free, which ended it.
        }
    }
}

using System.Diagnostics;

namespace ResearchKit.Data;

/// <summary>How far a fetch is.</summary>
/// <param name="Entry">The name of the data set or asset.</param>
/// <param name="What">What is being done, in words, such as <c>downloading train-images-idx3-ubyte.gz</c>.</param>
/// <param name="Bytes">Bytes done so far, those of an earlier interrupted download included; 0 where they cannot be known.</param>
/// <param name="TotalBytes">Bytes in all, or null where they cannot be known.</param>
/// <param name="BytesPerSecond">The mean rate of this transfer, or 0 where it cannot be known yet.</param>
/// <param name="Elapsed">Time since this step began.</param>
public sealed record DownloadProgress(string Entry, string What, long Bytes, long? TotalBytes, double BytesPerSecond, TimeSpan Elapsed)
{
    /// <summary>The time left at the mean rate, or null where it cannot be known.</summary>
    public TimeSpan? Remaining => TotalBytes is { } total && BytesPerSecond > 0
        ? TimeSpan.FromSeconds(Math.Max(0, total - Bytes) / BytesPerSecond)
        : null;

    /// <summary>One line for people.</summary>
    public override string ToString()
    {
        var line = $"{Entry}: {What}";
        if (Bytes > 0)
            line += TotalBytes is { } total ? $", {Megabytes(Bytes)} of {Megabytes(total)} MB" : $", {Megabytes(Bytes)} MB";
        else if (Elapsed.TotalSeconds >= 1)
            line += $", {Elapsed.TotalSeconds:0} s";
        if (BytesPerSecond > 0)
            line += $", {BytesPerSecond / 1e6:0.0} MB/s";
        if (Remaining is { } left)
            line += $", {Math.Ceiling(left.TotalSeconds):0} s left";
        return line;
    }

    static string Megabytes(long bytes) => (bytes / 1e6).ToString("0.0");
}

/// <summary>Measures the rate of one step and reports it at most ten times a second, and at the end.</summary>
sealed class ProgressMeter(IProgress<DownloadProgress>? progress, string entry, string what, long? total, long done = 0)
{
    static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    readonly long started = Stopwatch.GetTimestamp();
    readonly long before = done;
    long bytes = done;
    TimeSpan reported = -Interval;

    public void Add(int count)
    {
        bytes += count;
        var elapsed = Stopwatch.GetElapsedTime(started);
        if (elapsed - reported >= Interval || bytes == total)
            Report(elapsed);
    }

    public void Report() => Report(Stopwatch.GetElapsedTime(started));

    void Report(TimeSpan elapsed)
    {
        reported = elapsed;
        var rate = elapsed > TimeSpan.Zero ? (bytes - before) / elapsed.TotalSeconds : 0;
        progress?.Report(new DownloadProgress(entry, what, bytes, total, rate, elapsed));
    }
}

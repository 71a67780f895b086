using System.ComponentModel;
using ResearchKit.Notebooks.Sessions;

namespace ResearchKit.Notebooks.Languages;

/// <summary>What the loops of C# cells call, so that an interrupted cell ends on all its threads and keeps what it has set.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class LoopCheck
{
    // Long enough for every loop of an interrupted cell to come round once; until then loops pay for a look-up.
    static readonly TimeSpan s_watch = TimeSpan.FromSeconds(30);

    static long s_interruptions;
    static volatile bool s_any;

    /// <summary>Throws if the cell that the calling code belongs to has been interrupted.</summary>
    /// <exception cref="OperationCanceledException">It has.</exception>
    public static void Pass()
    {
        if (s_any)
            Check();
    }

    internal static void Interrupt()
    {
        var number = Interlocked.Increment(ref s_interruptions);
        s_any = true;
        _ = Task.Delay(s_watch).ContinueWith(_ => s_any &= Interlocked.Read(ref s_interruptions) != number, TaskScheduler.Default);
    }

    static void Check()
    {
        if (RunningCell.Own is { Cancellation.IsCancellationRequested: true })
            throw new OperationCanceledException("The cell was interrupted.");
    }
}

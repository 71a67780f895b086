using System.ComponentModel;

namespace ResearchKit.Notebooks.Languages;

/// <summary>What loops of cells that run on several threads call, so that an interrupted cell ends on all of them.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class LoopCheck
{
    static readonly HashSet<int> s_interrupted = [];
    static volatile bool s_any;

    /// <summary>Throws if the piece of code with that number has been interrupted.</summary>
    /// <exception cref="OperationCanceledException">It has.</exception>
    public static void Pass(int number)
    {
        if (s_any)
            Check(number);
    }

    internal static void Interrupt(int number)
    {
        lock (s_interrupted)
            s_interrupted.Add(number);
        s_any = true;
    }

    static void Check(int number)
    {
        lock (s_interrupted)
        {
            if (s_interrupted.Contains(number))
                throw new OperationCanceledException("The cell was interrupted.");
        }
    }
}

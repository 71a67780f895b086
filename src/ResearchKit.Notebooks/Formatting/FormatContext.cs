namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>Where a form is written to, and how deep inside other values.</summary>
public sealed class FormatContext(TextWriter writer, int depth = 0)
{
    /// <summary>Takes the form.</summary>
    public TextWriter Writer { get; } = writer;

    /// <summary>How many values hold this one.</summary>
    public int Depth { get; } = depth;
}

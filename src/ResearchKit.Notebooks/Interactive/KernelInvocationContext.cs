using Microsoft.DotNet.Interactive.Formatting;
using ResearchKit.Notebooks.Sessions;

namespace Microsoft.DotNet.Interactive;

/// <summary>The cell that is running.</summary>
public sealed class KernelInvocationContext
{
    readonly RunningCell _cell;

    internal KernelInvocationContext(RunningCell cell) => _cell = cell;

    /// <summary>The context of the running cell; null outside of one.</summary>
    public static KernelInvocationContext? Current => RunningCell.Current is { } cell ? new(cell) : null;

    /// <summary>Cancelled when the cell is interrupted.</summary>
    public CancellationToken CancellationToken => _cell.Cancellation;

    /// <summary>The kernel on which the cell runs.</summary>
    public Kernel HandlingKernel => new(_cell.Session, _cell.Kernel);

    /// <summary>Shows a value under the cell.</summary>
    public DisplayedValue Display(object? value, params string[] mimeTypes) => new DisplayedValue(value, mimeTypes).Show();

    /// <summary>Shows a text as it stands in a MIME type.</summary>
    public DisplayedValue DisplayAs(string value, string mimeType, params string[] more) =>
        new DisplayedValue(new FormattedValue(mimeType, value), more).Show();
}

namespace Microsoft.DotNet.Interactive.Commands;

/// <summary>A request to run code.</summary>
/// <param name="code">What to run, magic commands included.</param>
/// <param name="targetKernelName">The kernel to run it on; by default the one that it is sent to.</param>
public sealed class SubmitCode(string code, string? targetKernelName = null)
{
    /// <summary>What to run.</summary>
    public string Code { get; } = code;

    /// <summary>The kernel to run it on.</summary>
    public string? TargetKernelName { get; } = targetKernelName;
}

namespace ResearchKit.Experiments;

/// <summary>Reports on the thread that works: in order, and at once, which <see cref="Progress{T}"/> promises neither.</summary>
/// <param name="report">Takes each report.</param>
/// <typeparam name="T">What is reported.</typeparam>
public sealed class DirectProgress<T>(Action<T> report) : IProgress<T>
{
    /// <inheritdoc/>
    public void Report(T value) => report(value);
}

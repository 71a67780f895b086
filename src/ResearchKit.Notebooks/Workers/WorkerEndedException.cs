namespace ResearchKit.Notebooks.Workers;

/// <summary>The process of a notebook has ended while a cell was running.</summary>
public sealed class WorkerEndedException(string message) : Exception(message);

namespace ResearchKit.Notebooks.Sessions;

/// <summary>A variable of a session.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type that it was declared with.</param>
/// <param name="Value">What it holds.</param>
public sealed record SessionVariable(string Name, Type Type, object? Value);

namespace ResearchKit.Notebooks.Runs;

/// <summary>A variable of the cell that is tagged <c>parameters</c>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type, by its declaration or by its value.</param>
/// <param name="Default">Its value as it is written.</param>
/// <param name="Description">The comment beside it.</param>
sealed record ParameterDeclaration(string Name, ParameterType Type, string Default, string Description);

namespace ResearchKit.Notebooks.Directives;

/// <summary>A piece of a cell, in the order in which the pieces run.</summary>
/// <param name="Kernel">The kernel that it runs on.</param>
/// <param name="Line">Its first line in the cell, from 1.</param>
abstract record CellPart(string Kernel, int Line);

/// <summary>Code. Empty lines stand in front, so that its lines are those of the cell.</summary>
sealed record CodePart(string Code, string Kernel, int Line) : CellPart(Kernel, Line);

/// <summary>A magic command, such as <c>#!share x --from fsharp</c>.</summary>
sealed record DirectivePart(Directive Directive, string Kernel, int Line) : CellPart(Kernel, Line);

/// <summary>A package or a source of packages: <c>#r "nuget: Name, 1.0"</c>, <c>#i "nuget: URL"</c>.</summary>
sealed record PackagePart(string Name, string? Version, bool IsSource, string Kernel, int Line) : CellPart(Kernel, Line);

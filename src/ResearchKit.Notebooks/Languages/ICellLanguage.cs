using ResearchKit.Notebooks.Sessions;

namespace ResearchKit.Notebooks.Languages;

/// <summary>What a kernel does with the cells of its language. Variables live as long as the session.</summary>
interface ICellLanguage
{
    /// <summary>Runs code and gives the value of its last expression; <see cref="Nothing"/> if there is none.</summary>
    /// <exception cref="CellFailure">The code does not compile.</exception>
    object? Run(string code, RunningCell cell);

    /// <summary>In place of a value, where code ends with none.</summary>
    static readonly object Nothing = new();

    /// <summary>Makes assemblies known to the code that follows.</summary>
    void Reference(IReadOnlyList<string> assemblies)
    {
    }

    /// <summary>The variables, with their types and values, by name.</summary>
    IReadOnlyList<SessionVariable> Variables => [];

    /// <summary>Reads a variable.</summary>
    bool TryGet(string name, out object? value, out Type type)
    {
        var found = Variables.FirstOrDefault(v => v.Name == name);
        (value, type) = (found?.Value, found?.Type ?? typeof(object));
        return found is not null;
    }

    /// <summary>Sets or declares a variable.</summary>
    void Set(string name, object? value, Type type) =>
        throw new CellFailure("NotSupportedException", $"A value cannot be shared with this kernel: '{name}'.");

    /// <summary>What the code before the cursor may go on with.</summary>
    CodeCompletions Complete(string code, int position) => new([], position, position);

    /// <summary>What is known of the name at a place, as plain text; null if nothing is.</summary>
    string? Inspect(string code, int position) => null;

    /// <summary>Whether Enter should run the code or continue it.</summary>
    CodeCompleteness Completeness(string code) => CodeCompleteness.Complete;
}

using ResearchKit.Notebooks.Sessions;

namespace ResearchKit.Notebooks.Languages;

/// <summary>Values that <c>#!value</c> keeps for the other kernels.</summary>
sealed class ValueLanguage : ICellLanguage
{
    readonly Dictionary<string, object?> _values = [];

    public object? Run(string code, RunningCell cell) => string.IsNullOrWhiteSpace(code) ? ICellLanguage.Nothing
        : throw new CellFailure("DirectiveError", "A value needs a name: #!value --name NAME");

    public IReadOnlyList<SessionVariable> Variables =>
        [.. _values.Select(v => new SessionVariable(v.Key, v.Value?.GetType() ?? typeof(object), v.Value))];

    public void Set(string name, object? value, Type type) => _values[name] = value;
}

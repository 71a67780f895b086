using System.Globalization;
using System.Text.Json.Nodes;
using ResearchKit.Data;
using ResearchKit.Experiments;
using ResearchKit.Notebooks.Files;

namespace ResearchKit.Notebooks.Runs;

/// <summary>
/// Parameters by papermill's convention: their defaults stand in the cell that is tagged <c>parameters</c>; those that are given go
/// into a cell after it, tagged <c>injected-parameters</c>.
/// </summary>
public sealed class NotebookParameters
{
    const string Tag = "parameters", InjectedTag = "injected-parameters";

    readonly Notebook _notebook;
    readonly NotebookCell? _cell;
    readonly IReadOnlyList<ParameterDeclaration> _declared;
    readonly IReadOnlyList<string> _asked;

    /// <summary>Finds the parameters of a notebook.</summary>
    public NotebookParameters(Notebook notebook)
    {
        ArgumentNullException.ThrowIfNull(notebook);
        _notebook = notebook;
        _cell = notebook.Cells.Find(c => c.Kind == CellKind.Code && c.Tags.Contains(Tag));
        _declared = _cell?.Kernel switch
        {
            KernelName.CSharp => CSharpParameters.Read(_cell.Source),
            KernelName.FSharp => FSharpParameters.Read(_cell.Source),
            _ => [],
        };
        _asked = [.. InputAnswers.Asked(notebook).Select(a => a.Name).Where(n => n.Length > 0)];
    }

    /// <summary>The names of the parameters with their types in words, their defaults and their comments.</summary>
    public IReadOnlyList<(string Name, string Type, string Default, string Description)> Declared =>
        [.. _declared.Select(d => (d.Name, d.Type.Words, d.Default, d.Description))];

    /// <summary>True if the notebook has a parameter of that name.</summary>
    public bool Has(string name) => _declared.Any(d => d.Name == name);

    /// <summary>
    /// Puts values into the notebook, each after its type was checked. Values whose names belong to a question of a cell are left
    /// for that: they are returned.
    /// </summary>
    /// <param name="values">Texts as typed, or what a file holds: text, numbers, truth values, null and lists of these.</param>
    /// <exception cref="UsageException">A name is unknown, a value is not of its type, or a question has no answer.</exception>
    public IReadOnlyDictionary<string, string> Apply(IReadOnlyDictionary<string, object?> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var errors = new List<string>();
        var checkedValues = new List<(ParameterDeclaration Declaration, object? Value)>();
        var answers = new Dictionary<string, string>();
        foreach (var (name, value) in values)
        {
            var declaration = _declared.FirstOrDefault(d => d.Name == name);
            if (declaration is null)
            {
                if (_asked.Contains(name) || (_declared.Count == 0 && _asked.Count == 0 && value is string && AsksInCode()))
                    answers[name] = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
                else
                    errors.Add(Unknown(name));
            }
            else if (TryConvert(value, declaration.Type, out var converted))
            {
                checkedValues.Add((declaration, converted));
            }
            else
            {
                errors.Add($"Parameter {name} takes {declaration.Type.Words} (by default {declaration.Default}), not '{Show(value)}'.");
            }
        }
        string[] unanswered = [.. _asked.Where(a => InputAnswers.Find(answers, new(a, a, "", false)) is null)];
        if (unanswered.Length > 0)
            errors.Add($"The notebook asks for {string.Join(", ", unanswered)}; answer with {string.Join(' ', unanswered.Select(a => $"-p '{a}=VALUE'"))}.");
        if (errors.Count > 0)
            throw new UsageException(string.Join('\n', errors));
        Inject(checkedValues);
        return answers;
    }

    bool AsksInCode() => _notebook.Cells.Exists(c => c.Source.Contains("GetInputAsync", StringComparison.Ordinal) || c.Source.Contains("GetPasswordAsync", StringComparison.Ordinal) || c.Source.Contains("Console.ReadLine", StringComparison.Ordinal));

    string Unknown(string name)
    {
        string[] known = [.. _declared.Select(d => d.Name), .. _asked];
        return known.Length > 0 ? Spelling.Unknown("parameter", name, known)
            : _cell is null ? $"There is no parameter '{name}': no code cell of the notebook is tagged '{Tag}'."
            : $"There is no parameter '{name}': the cell that is tagged '{Tag}' declares none.";
    }

    void Inject(List<(ParameterDeclaration Declaration, object? Value)> values)
    {
        _notebook.Cells.RemoveAll(c => c.Tags.Contains(InjectedTag));
        if (values.Count == 0)
            return;
        var fsharp = _cell!.Kernel == KernelName.FSharp;
        var lines = values.Select(v => fsharp ? FSharpParameters.Write(v.Declaration.Name, v.Declaration.Type, v.Value)
            : CSharpParameters.Write(v.Declaration.Name, v.Declaration.Type, v.Value));
        var cell = NotebookCell.Create(CellKind.Code, $"// Parameters\n{string.Join('\n', lines)}", _cell.Kernel);
        cell.Tags = [InjectedTag];
        _notebook.Cells.Insert(_notebook.Cells.IndexOf(_cell) + 1, cell);
        var metadata = _notebook.Metadata;
        if (metadata["papermill"] is not JsonObject papermill)
            metadata["papermill"] = papermill = [];
        papermill["parameters"] = new JsonObject(values.Select(v => KeyValuePair.Create(v.Declaration.Name, Json(v.Value))));
        _notebook.Metadata = metadata;
    }

    static JsonNode? Json(object? value) => value switch
    {
        null => null,
        IReadOnlyList<object?> items => new JsonArray([.. items.Select(Json)]),
        double number when !double.IsFinite(number) => number.ToString(CultureInfo.InvariantCulture),
        _ => JsonValue.Create(value),
    };

    static string Show(object? value) => value is IReadOnlyList<object?> items ? $"[{string.Join(", ", items.Select(Show))}]"
        : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "null";

    static bool TryConvert(object? value, ParameterType type, out object? converted)
    {
        converted = null;
        if (type.Kind == ParameterKind.Unknown)
            return false;
        if (value is null)
            return type is { Kind: ParameterKind.Text, List: null } || type.Written.EndsWith('?');
        if (type.List is null)
            return value is not IReadOnlyList<object?> && TryConvertOne(value, type.Kind, out converted);
        var items = value as IReadOnlyList<object?> ?? [.. $"{value}".Trim('[', ']', ' ').Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
        var list = new List<object?>();
        foreach (var item in items)
        {
            if (item is null || !TryConvertOne(item, type.Kind, out var one))
                return false;
            list.Add(one);
        }
        converted = list;
        return true;
    }

    static bool TryConvertOne(object value, ParameterKind kind, out object? converted)
    {
        var text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        converted = kind switch
        {
            ParameterKind.Text => value is bool b ? (b ? "true" : "false") : text,
            ParameterKind.Whole => int.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowTrailingWhite | NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out var whole) ? (long)whole : null,
            ParameterKind.Long => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole : null,
            ParameterKind.Number or ParameterKind.Single => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null,
            ParameterKind.Truth => bool.TryParse(text, out var truth) ? truth : null,
            _ => null,
        };
        return converted is not null;
    }
}

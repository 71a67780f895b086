using System.Text;
using ResearchKit.Notebooks.Sessions;

namespace ResearchKit.Notebooks.Directives;

/// <summary>A magic command as it is written: a name, values and options.</summary>
sealed class Directive
{
    readonly Dictionary<string, string?> _options = new(StringComparer.Ordinal);
    readonly List<string> _values = [];

    Directive(string name, int line) => (Name, Line) = (name, line);

    /// <summary>The name with its mark, such as <c>#!share</c>.</summary>
    public string Name { get; }

    /// <summary>Its line in the cell, from 1.</summary>
    public int Line { get; }

    /// <summary>What stands there without an option before it.</summary>
    public IReadOnlyList<string> Values => _values;

    public bool WantsHelp => Has("-h") || Has("--help") || Has("-?");

    public static Directive Parse(string text, int line)
    {
        var words = Words(text, line);
        var directive = new Directive(words[0].Text, line);
        for (var i = 1; i < words.Count; i++)
        {
            var (word, quoted) = words[i];
            if (quoted || !word.StartsWith('-') || (word.Length > 1 && char.IsDigit(word[1])))
            {
                directive._values.Add(word);
                continue;
            }
            var takes = i + 1 < words.Count && (words[i + 1].Quoted || !words[i + 1].Text.StartsWith('-'));
            directive._options[word] = takes && !IsFlag(word) ? words[++i].Text : null;
        }
        return directive;
    }

    /// <summary>Adds an option.</summary>
    public Directive With(string option, string value)
    {
        _options[option] = value;
        return this;
    }

    public bool Has(string option) => _options.ContainsKey(option);

    /// <summary>The value of an option; null if it is not given.</summary>
    public string? Option(string option) => _options.GetValueOrDefault(option);

    /// <summary>The value of an option or, if it is not given, the first value without one.</summary>
    public string Need(string option) => Option(option) ?? (_values.Count > 0 ? _values[0] : null)
        ?? throw new CellFailure("DirectiveError", $"({Line},1): {Name} needs {option}. Type {Name} -h for help.");

    /// <summary>Rejects options that the directive does not have.</summary>
    public void Allow(params string[] options)
    {
        foreach (var option in _options.Keys)
        {
            if (!options.Contains(option))
                throw new CellFailure("DirectiveError", $"({Line},1): {Name}: {Data.Spelling.Unknown("option", option, options)}");
        }
    }

    static bool IsFlag(string option) => option is "--byref" or "-h" or "--help" or "-?" or "--verbose";

    static List<(string Text, bool Quoted)> Words(string text, int line)
    {
        var words = new List<(string, bool)>();
        var word = new StringBuilder();
        for (var i = 0; i < text.Length;)
        {
            if (char.IsWhiteSpace(text[i]))
            {
                i++;
                continue;
            }
            word.Clear();
            var quoted = false;
            var depth = 0;
            for (; i < text.Length && (depth > 0 || !char.IsWhiteSpace(text[i])); i++)
            {
                var c = text[i];
                if (c == '"')
                {
                    // In JSON and in @input:"..." the quotes belong to the value.
                    var inside = depth > 0 || word.Length > 0;
                    quoted |= !inside;
                    var end = Closing(text, i, line);
                    word.Append(inside ? text[i..(end + 1)] : text[(i + 1)..end].Replace("\\\"", "\"", StringComparison.Ordinal));
                    i = end;
                    continue;
                }
                depth += c is '{' or '[' ? 1 : c is '}' or ']' && depth > 0 ? -1 : 0;
                word.Append(c);
            }
            words.Add((word.ToString(), quoted));
        }
        return words;
    }

    static int Closing(string text, int open, int line)
    {
        for (var i = open + 1; i < text.Length; i++)
        {
            if (text[i] == '\\')
                i++;
            else if (text[i] == '"')
                return i;
        }
        throw new CellFailure("DirectiveError", $"({line},{open + 1}): the quotation mark is not closed: {text}");
    }
}

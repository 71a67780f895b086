using ResearchKit.Notebooks.Directives;
using ResearchKit.Notebooks.Files;
using ResearchKit.Notebooks.Sessions;

namespace ResearchKit.Notebooks.Runs;

/// <summary>Answers to the questions of cells, where nobody can be asked.</summary>
static class InputAnswers
{
    /// <summary>The answer whose name is the question's, or is its prompt; null if there is none.</summary>
    public static string? Find(IReadOnlyDictionary<string, string> answers, InputRequest request) =>
        answers.FirstOrDefault(a => Plain(a.Key) == Plain(request.Name) || Plain(a.Key) == Plain(request.Prompt)).Value;

    /// <summary>The questions that the magic commands of a notebook ask.</summary>
    public static IReadOnlyList<InputRequest> Asked(Notebook notebook)
    {
        var asked = new List<InputRequest>();
        foreach (var cell in notebook.Cells.Where(c => c.Kind == CellKind.Code))
        {
            foreach (var line in cell.Source.Split('\n').Where(l => l.StartsWith("#!", StringComparison.Ordinal)))
            {
                var place = line.IndexOf("@input", StringComparison.Ordinal);
                place = place < 0 ? line.IndexOf("@password", StringComparison.Ordinal) : place;
                if (place >= 0 && InputReference.Parse(Word(line[place..])) is { } question)
                    asked.Add(question.Request.Name.Length > 0 ? question.Request : question.Request with { Name = NameOf(line) });
            }
        }
        return [.. asked.DistinctBy(a => Plain(a.Name))];
    }

    // Up to the space that ends the word, except inside quotation marks and JSON.
    static string Word(string text)
    {
        var quoted = false;
        var depth = 0;
        for (var i = 0; i < text.Length; i++)
        {
            quoted ^= text[i] == '"';
            depth += text[i] == '{' ? 1 : text[i] == '}' ? -1 : 0;
            if (text[i] == ' ' && !quoted && depth == 0)
                return text[..i];
        }
        return text;
    }

    // A bare @input answers to the name of the variable that it sets.
    static string NameOf(string line) => Directive.Parse(line, 1).Option("--name") ?? "";

    static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToUpperInvariant();
}

using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ResearchKit.Notebooks.Jupyter;

/// <summary>The cells that this kernel has run, as the history of terminals asks for them.</summary>
sealed class KernelHistory
{
    // Sessions are counted, and this kernel knows only its own.
    const int Session = 1;

    readonly List<(int Line, string Code, string? Result)> _cells = [];

    public void Add(int line, string code, string? result) => _cells.Add((line, code, result));

    /// <summary>The answer to a request for the last cells, a range of them, or those of a pattern.</summary>
    public JsonArray Find(JupyterMessage request)
    {
        IEnumerable<(int Line, string Code, string? Result)> found = request.Text("hist_access_type") switch
        {
            "range" when request.Number("session") is null or 0 or Session =>
                _cells.Where(c => c.Line >= (request.Number("start") ?? 0) && c.Line < (request.Number("stop") ?? int.MaxValue)),
            "tail" => _cells,
            "search" => Matching(request.Text("pattern", "*"), request.Flag("unique", false)),
            _ => [],
        };
        if (request.Text("hist_access_type") != "range" && request.Number("n") is { } n)
            found = found.TakeLast(n);
        var withResults = request.Flag("output", false);
        return [.. found.Select(c => new JsonArray(Session, c.Line, withResults ? new JsonArray(c.Code, c.Result) : c.Code))];
    }

    // The pattern is one of file names: * and ? stand for anything.
    IEnumerable<(int, string, string?)> Matching(string pattern, bool unique)
    {
        var expression = $"^{Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\?", ".", StringComparison.Ordinal)}$";
        var found = _cells.Where(c => Regex.IsMatch(c.Code, expression, RegexOptions.Singleline | RegexOptions.NonBacktracking));
        return unique ? found.Reverse().DistinctBy(c => c.Code).Reverse() : found;
    }
}

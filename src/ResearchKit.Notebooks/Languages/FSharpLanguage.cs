using FSharp.Compiler.Diagnostics;
using FSharp.Compiler.Interactive;
using Microsoft.FSharp.Core;
using ResearchKit.Notebooks.Sessions;

namespace ResearchKit.Notebooks.Languages;

/// <summary>F# cells on an interactive session of the F# compiler service. Starting one takes seconds, so only the first F# cell does.</summary>
sealed class FSharpLanguage : ICellLanguage, IDisposable
{
    // What .NET Interactive opens, and the functions that it defines; a method could not be piped into.
    const string Prelude = """
        open System
        open System.IO
        open System.Text
        open Microsoft.DotNet.Interactive
        open Microsoft.DotNet.Interactive.Formatting
        let display (value: 'a) = Microsoft.DotNet.Interactive.Kernel.display(box value)
        let HTML (content: string) = Microsoft.DotNet.Interactive.Kernel.HTML content
        let CSS (content: string) = Microsoft.DotNet.Interactive.Kernel.CSS content
        let Javascript (content: string) = Microsoft.DotNet.Interactive.Kernel.Javascript content
        """;

    readonly HashSet<string> _referenced = new(StringComparer.Ordinal);
    readonly Shell.FsiEvaluationSession _session;
    readonly HashSet<string> _preluded;

    public FSharpLanguage(string folder)
    {
        string[] arguments =
        [
            "fsi", "--noninteractive", "--quiet", "--nologo", "--langversion:preview", "--multiemit-", "--targetprofile:netcore",
            "--usesdkrefs-", "--optimize+", "--debug:portable", $"--lib:{folder}", $"-r:{typeof(FSharpLanguage).Assembly.Location}",
        ];
        _session = Shell.FsiEvaluationSession.Create(
            Shell.FsiEvaluationSession.GetDefaultConfiguration(), arguments, TextReader.Null, TextWriter.Null, TextWriter.Null, null, null);
        Evaluate(Prelude, "prelude");
        _preluded = [.. Bound().Select(v => v.Name)];
    }

    public object? Run(string code, RunningCell cell)
    {
        if (string.IsNullOrWhiteSpace(code))
            return ICellLanguage.Nothing;
        var value = Evaluate(FSharpLoopChecks.Insert(code, _session.InteractiveChecker), $"cell {cell.Number}", cell.Cancellation);
        return value is null || value.ReflectionType == typeof(Unit) || value.ReflectionType == typeof(void) || !EndsWithExpression(code)
            ? ICellLanguage.Nothing
            : value.ReflectionValue;
    }

    public void Reference(IReadOnlyList<string> assemblies)
    {
        foreach (var path in assemblies.Where(_referenced.Add))
        {
            HostReferences.Load(path);
            Evaluate($"#r @\"{path}\"", "reference");
        }
    }

    public IReadOnlyList<SessionVariable> Variables => [.. Bound().Where(v => v.Name != "it" && !_preluded.Contains(v.Name))];

    public void Set(string name, object? value, Type type)
    {
        if (value is not null && HostReferences.PathOf(value.GetType().Assembly) is { } path && !HostReferences.Paths.Contains(path))
            Reference([path]);
        try
        {
            if (value is null)
                Evaluate($"let {name} : {(type == typeof(string) ? "string" : "obj")} = null", "share");
            else
                _session.AddBoundValue(name, value);
        }
        catch (Exception e) when (value is not null && e is not (CellFailure or OperationCanceledException))
        {
            // The compiler service throws plain exceptions for types that it cannot bind.
            SharedValue.Value = value;
            try
            {
                Evaluate($"let {name} = global.{typeof(SharedValue).FullName}.{nameof(SharedValue.Value)} :?> {SharedValue.TypeName(value.GetType())}", "share");
            }
            catch (CellFailure)
            {
                throw new CellFailure("NotSupportedException", $"'{name}' of type {type} cannot be shared with F#: {e.Message}");
            }
            finally
            {
                SharedValue.Value = null;
            }
        }
    }

    public CodeCompletions Complete(string code, int position)
    {
        var start = position;
        while (start > 0 && (char.IsLetterOrDigit(code[start - 1]) || code[start - 1] is '_' or '.'))
            start--;
        var path = code[start..position];
        var last = start + path.LastIndexOf('.') + 1;
        var typed = code[last..position];
        var names = _session.GetCompletions(path).Concat(path.Contains('.', StringComparison.Ordinal) ? [] : Variables.Select(v => v.Name));
        return new([.. names.Where(n => n.StartsWith(typed, StringComparison.OrdinalIgnoreCase)).Distinct().Order(StringComparer.Ordinal)], last, position);
    }

    public string? Inspect(string code, int position)
    {
        var start = Math.Clamp(position, 0, code.Length);
        while (start > 0 && (char.IsLetterOrDigit(code[start - 1]) || code[start - 1] is '_' or '\''))
            start--;
        var end = start;
        while (end < code.Length && (char.IsLetterOrDigit(code[end]) || code[end] is '_' or '\''))
            end++;
        var name = code[start..end];
        if (name.Length == 0)
            return null;
        var (_, check, _) = _session.ParseAndCheckInteraction(code, null);
        var line = code.AsSpan(0, start).Count('\n');
        var lineStart = code.LastIndexOf('\n', Math.Max(0, start - 1)) + 1;
        var text = code.Split('\n')[line];
        var use = check.GetSymbolUseAtLocation(line + 1, end - lineStart, text, Microsoft.FSharp.Collections.ListModule.OfSeq([name]));
        return use is null ? null : Described(use.Value);
    }

    public CodeCompleteness Completeness(string code)
    {
        var text = code.TrimEnd();
        if (text.EndsWith(";;", StringComparison.Ordinal) || text.Length == 0)
            return CodeCompleteness.Complete;
        string[] open = ["=", "->", "(", "[", "{", "|>", "<|", ",", " then", " else", " do", " with", " in", "+", "-", "*", ">>"];
        var balance = text.Count(c => c is '(' or '[' or '{') - text.Count(c => c is ')' or ']' or '}');
        // An indented block goes on until an empty line ends it.
        var inBlock = text.Contains('\n', StringComparison.Ordinal) && text.Split('\n')[^1].StartsWith(' ') && !code.EndsWith('\n');
        return balance > 0 || inBlock || open.Any(o => text.EndsWith(o, StringComparison.Ordinal)) ? CodeCompleteness.Incomplete
            : balance < 0 ? CodeCompleteness.Invalid : CodeCompleteness.Complete;
    }

    public void Dispose() => ((IDisposable)_session).Dispose();

    Shell.FsiValue? Evaluate(string code, string name) => Evaluate(FSharpLoopChecks.None(code), name, CancellationToken.None);

    Shell.FsiValue? Evaluate(FSharpLoopChecks code, string name, CancellationToken cancellation)
    {
        var (choice, diagnostics) = _session.EvalInteractionNonThrowing(code.Code, name, new FSharpOption<CancellationToken>(cancellation));
        var errors = diagnostics.Where(d => d.Severity.IsError).ToArray();
        if (errors.Length > 0)
        {
            string[] lines = [.. errors.Select(d =>
            {
                var (line, column) = code.Original(d.StartLine, d.StartColumn);
                return $"({line},{column + 1}): error {d.ErrorNumberText}: {d.Message}";
            })];
            throw new CellFailure("CompilationError", string.Join('\n', lines), [.. lines.SelectMany(l => l.ReplaceLineEndings("\n").Split('\n'))]);
        }
        if (choice is FSharpChoice<FSharpOption<Shell.FsiValue>?, Exception>.Choice2Of2 failed)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(ErrorText.Unwrap(failed.Item));
        return ((FSharpChoice<FSharpOption<Shell.FsiValue>?, Exception>.Choice1Of2)choice).Item?.Value;
    }

    IEnumerable<SessionVariable> Bound() => _session.GetBoundValues()
        .Where(v => v.Value.ReflectionType is not null)
        .Select(v => new SessionVariable(v.Name, v.Value.ReflectionType, v.Value.ReflectionValue));

    // The session also gives the value of a last definition, which a notebook does not show.
    static bool EndsWithExpression(string code)
    {
        var last = code.Split('\n').LastOrDefault(l => l.Length > 0 && !char.IsWhiteSpace(l[0]) && !l.StartsWith("//", StringComparison.Ordinal)
            && l[0] is not (')' or ']' or '}' or '|')) ?? "";
        string[] definitions = ["let ", "let!", "type ", "module ", "open ", "and ", "exception ", "namespace ", "#", "[<", "member ", "do ", "use "];
        return !Array.Exists(definitions, d => last.StartsWith(d, StringComparison.Ordinal));
    }

    static string Described(FSharp.Compiler.CodeAnalysis.FSharpSymbolUse use)
    {
        if (use.Symbol is FSharp.Compiler.Symbols.FSharpMemberOrFunctionOrValue value)
            return $"{(value.IsModuleValueOrMember ? "val" : "(local)")} {value.DisplayName}: {value.FullType.Format(use.DisplayContext)}";
        return use.Symbol.FullName;
    }
}

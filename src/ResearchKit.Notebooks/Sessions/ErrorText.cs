using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;

namespace ResearchKit.Notebooks.Sessions;

/// <summary>Exceptions as a reader of the notebook needs them: what went wrong and where in the cells, without the engine's own frames.</summary>
static partial class ErrorText
{
    const int MostFrames = 30;

    public static ErrorEvent Of(Exception exception)
    {
        if (exception is CellFailure failure)
            return new(failure.Name, failure.Message, failure.Lines);
        var e = Unwrap(exception);
        if (e is CellFailure inner)
            return Of(inner);
        var lines = new List<string> { $"{Name(e)}: {e.Message}" };
        lines.AddRange(Frames(e));
        for (var cause = e.InnerException; cause is not null; cause = cause.InnerException)
        {
            lines.Add($"caused by {Name(cause)}: {cause.Message}");
            lines.AddRange(Frames(cause));
        }
        return new(e.GetType().Name, e.Message, [.. lines.SelectMany(l => l.ReplaceLineEndings("\n").Split('\n'))]);
    }

    public static ErrorEvent Interrupted { get; } = new(nameof(OperationCanceledException), "The cell was interrupted.", ["The cell was interrupted."]);

    public static Exception Unwrap(Exception e) => e switch
    {
        AggregateException { InnerExceptions: [var one] } => Unwrap(one),
        TargetInvocationException { InnerException: { } inner } => Unwrap(inner),
        TypeInitializationException { InnerException: CellFailure inner } => inner,
        _ => e,
    };

    static string Name(Exception e) => Microsoft.DotNet.Interactive.Formatting.Members.NameOf(e.GetType());

    static IEnumerable<string> Frames(Exception e)
    {
        var count = 0;
        foreach (var frame in new StackTrace(e, fNeedFileInfo: true).GetFrames())
        {
            var method = frame.GetMethod();
            var type = method?.DeclaringType;
            if (method is null || IsOurs(type, method))
                continue;
            if (++count > MostFrames)
            {
                yield return "   ...";
                yield break;
            }
            var cell = CellFile(frame.GetFileName());
            yield return cell is not null ? $"   at {cell}, line {frame.GetFileLineNumber()}{Within(type, method)}"
                : $"   at {type?.FullName?.Replace('+', '.')}.{method.Name}({string.Join(", ", method.GetParameters().Select(p => p.ParameterType.Name))})"
                    + (frame.GetFileName() is { } file ? $" in {Path.GetFileName(file)}:line {frame.GetFileLineNumber()}" : "");
        }
    }

    // The name under which a cell was compiled: "cell 3", or a file that it loads.
    static string? CellFile(string? file) => file is not null && CellName().Match(file) is { Success: true } match ? match.Value : null;

    // Methods of a cell are members of the class of its submission; lambdas, iterators and async methods are mangled.
    static string Within(Type? type, MethodBase method)
    {
        var name = method.Name is "MoveNext" or "Invoke" && type is not null ? type.Name : method.Name;
        var match = Mangled().Match(name);
        name = match.Success ? match.Groups[1].Value : name;
        return name.Length == 0 || name.Contains("Initialize", StringComparison.Ordinal) || name.Contains('<', StringComparison.Ordinal) || name is "main@" or ".cctor" ? "" : $" in {name}";
    }

    static bool IsOurs(Type? type, MethodBase method)
    {
        var space = type?.FullName ?? "";
        return space.StartsWith("ResearchKit.Notebooks.", StringComparison.Ordinal)
            || space.StartsWith("Microsoft.CodeAnalysis.", StringComparison.Ordinal)
            || space.StartsWith("FSharp.Compiler.", StringComparison.Ordinal)
            || space.StartsWith("<StartupCode$FSI_", StringComparison.Ordinal) && method.Name != "main@"
            || space.StartsWith("System.Runtime.CompilerServices.", StringComparison.Ordinal)
            || space.StartsWith("System.Runtime.ExceptionServices.", StringComparison.Ordinal)
            || space.StartsWith("System.Reflection.", StringComparison.Ordinal)
            || space.StartsWith("System.RuntimeMethodHandle", StringComparison.Ordinal)
            || method.Name is "<Factory>" or "<Main>";
    }

    [GeneratedRegex(@"cell \d+( \(.*\))?$")]
    private static partial Regex CellName();

    [GeneratedRegex(@"^<+([^<>]*)>")]
    private static partial Regex Mangled();
}

using FSharp.Compiler.CodeAnalysis;
using FSharp.Compiler.Syntax;
using FSharp.Compiler.Text;
using Microsoft.FSharp.Collections;
using Microsoft.FSharp.Control;
using Microsoft.FSharp.Core;

namespace ResearchKit.Notebooks.Languages;

/// <summary>
/// Puts a call of <see cref="LoopCheck.Pass"/> into each loop and each function of F# code. The compiler takes text only, and columns
/// carry meaning: a body that begins a line gets the call on a line before it, one within a line gets it in front. A body that
/// begins within a line and goes on below stays without.
/// </summary>
sealed class FSharpLoopChecks
{
    static readonly string s_call = $"global.{typeof(LoopCheck).FullName}.{nameof(LoopCheck.Pass)}()";

    readonly string[] _lines;
    // By line and column of the bodies, from 0: what stands before and after a body within a line; null for a call on its own line.
    readonly SortedDictionary<(int Line, int Column), (string Before, string After, int End)?> _checks = [];
    // For each line of the new text, the line that it was.
    readonly List<int> _origins = [];

    FSharpLoopChecks(string code) => (_lines, Code) = (code.Split('\n'), code);

    /// <summary>The code with the checks.</summary>
    public string Code { get; private set; }

    /// <summary>The code as it is.</summary>
    public static FSharpLoopChecks None(string code) => new(code);

    /// <summary>Puts the checks in; code without loops, and code that is not F#, stays as it is.</summary>
    public static FSharpLoopChecks Insert(string code, FSharpChecker checker)
    {
        var checks = new FSharpLoopChecks(code);
        var parsed = Parse(code, checker);
        if (parsed.ParseHadErrors)
            return checks;
        ParsedInputModule.fold(FuncConvert.FromFunc<int, FSharpList<SyntaxNode>, SyntaxNode, int>(checks.Visit), 0, parsed.ParseTree);
        checks.Write();
        // Rather no check than an error that is not the reader's own.
        return checks._checks.Count > 0 && Parse(checks.Code, checker).ParseHadErrors ? new(code) : checks;
    }

    /// <summary>Where a place in the checked code stands in the code as it was written.</summary>
    /// <param name="line">From 1.</param>
    /// <param name="column">From 0.</param>
    public (int Line, int Column) Original(int line, int column)
    {
        if (_origins.Count == 0 || line < 1 || line > _origins.Count)
            return (line, column);
        var original = _origins[line - 1];
        foreach (var (place, check) in _checks)
        {
            // Later checks of the line stand to the right, so that the column is already that of the text with the earlier ones taken out.
            if (place.Line == original && check is { } inLine && column > place.Column)
                column = Math.Max(place.Column, column - inLine.Before.Length);
        }
        return (original + 1, column);
    }

    static FSharpParseFileResults Parse(string code, FSharpChecker checker)
    {
        const string Name = "cell.fsx";
        var defaults = FSharpParsingOptions.Default;
        var options = new FSharpParsingOptions([Name], applyLineDirectives: false, defaults.ConditionalDefines, defaults.DiagnosticOptions, "preview", isInteractive: true,
            compilingFSharpCore: false, isExe: true);
        return FSharpAsync.RunSynchronously(checker.ParseFile(Name, SourceText.ofString(code), options, null, null), null, null);
    }

    int Visit(int count, FSharpList<SyntaxNode> path, SyntaxNode node)
    {
        switch (node)
        {
            case SyntaxNode.SynExpr { Item: SynExpr.While loop }:
                Check(loop.doExpr, path, isFunction: false);
                break;
            case SyntaxNode.SynExpr { Item: SynExpr.For loop }:
                Check(loop.doBody, path, isFunction: false);
                break;
            case SyntaxNode.SynExpr { Item: SynExpr.ForEach { seqExprOnly.Item: false } loop }:
                Check(loop.bodyExpr, path, isFunction: false);
                break;
            case SyntaxNode.SynBinding { Item: { attributes.IsEmpty: true, headPat: SynPat.LongIdent { argPats: SynArgPats.Pats { pats.IsEmpty: false } } head } function }
                when head.longDotId.LongIdent is not [.., { idText: "new" }]:
                Check(function.expr is SynExpr.Typed typed ? typed.expr : function.expr, path, isFunction: true);
                break;
        }
        return count;
    }

    void Check(SynExpr body, FSharpList<SyntaxNode> path, bool isFunction)
    {
        if (path.Any(IsTranslated))
            return;
        var (line, column, lastLine, end) = (body.Range.StartLine - 1, body.Range.StartColumn, body.Range.EndLine - 1, body.Range.EndColumn);
        if (string.IsNullOrWhiteSpace(_lines[line][..column]))
            _checks[(line, column)] = null;
        else if (line == lastLine)
            _checks[(line, column)] = isFunction ? ($"({s_call}; ", ")", end) : ($"{s_call}; ", "", end);
    }

    // Quotations and queries are read by a program, which knows nothing of checks.
    static bool IsTranslated(SyntaxNode node) => node is SyntaxNode.SynExpr
    {
        Item: SynExpr.Quote or SynExpr.App { funcExpr: SynExpr.Ident { ident.idText: "query" } },
    };

    void Write()
    {
        var text = new List<string>();
        for (var i = 0; i < _lines.Length; i++)
        {
            var checks = _checks.Where(c => c.Key.Line == i).ToArray();
            if (checks is [{ Value: null, Key.Column: var indent }, ..])
            {
                text.Add(new string(' ', indent) + s_call);
                _origins.Add(i);
            }
            // From right to left, as what is put in moves what stands to its right.
            text.Add(checks.Where(c => c.Value is not null)
                .SelectMany(c => new[] { (c.Key.Column, Text: c.Value!.Value.Before), (Column: c.Value!.Value.End, Text: c.Value!.Value.After) })
                .OrderByDescending(c => c.Column)
                .Aggregate(_lines[i], (line, c) => line.Insert(c.Column, c.Text)));
            _origins.Add(i);
        }
        Code = string.Join('\n', text);
    }
}

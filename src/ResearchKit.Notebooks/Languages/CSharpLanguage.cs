using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.CodeAnalysis.Scripting.Hosting;
using Microsoft.DotNet.Interactive.Formatting;
using ResearchKit.Notebooks.Caching;
using ResearchKit.Notebooks.Sessions;

namespace ResearchKit.Notebooks.Languages;

/// <summary>C# cells: each is a submission of a Roslyn script that continues the one before.</summary>
sealed class CSharpLanguage : ICellLanguage, IDisposable
{
    const string UnterminatedRawString = "CS8997";
    const int MostOverloads = 8;

    // What the names of all assemblies of submissions begin with.
    const string ScriptAssembly = "\u211B*";

    static readonly CSharpParseOptions s_parse = new(LanguageVersion.Latest, DocumentationMode.None, SourceCodeKind.Script);

    // Those of .NET Interactive, so that the same code compiles in both; DisplayExtensions come with System.
    static readonly string[] s_imports =
    [
        "System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq",
        typeof(Microsoft.DotNet.Interactive.Kernel).FullName!,
    ];

    readonly InteractiveAssemblyLoader _loader = new();
    readonly CellReferences _references;
    ScriptOptions _options;
    Script<object>? _last;
    ScriptState? _state;

    public CSharpLanguage(string folder)
    {
        _loader.RegisterDependency(typeof(CSharpLanguage).Assembly);
        _options = ScriptOptions.Default
            .WithReferences(HostReferences.All)
            .WithImports(s_imports)
            .WithLanguageVersion(LanguageVersion.Latest)
            .WithOptimizationLevel(OptimizationLevel.Release)
            .WithEmitDebugInformation(true)
            .WithFileEncoding(System.Text.Encoding.UTF8)
            .WithAllowUnsafe(true)
            .WithMetadataResolver(_references = new(folder))
            .WithSourceResolver(ScriptSourceResolver.Default.WithBaseDirectory(folder));
    }

    public object? Run(string code, RunningCell cell)
    {
        var script = Next(Checked(code, cell.Cancellation), cell.Number);
        var errors = Errors(script, cell.Cancellation);
        // Places are those of the code as it was written.
        if (errors.Count > 0 && script.Code != code)
            errors = Errors(script = Next(code, cell.Number), cell.Cancellation);
        if (errors.Count > 0)
            throw CompileFailure(errors);

        var hasResult = HasResult(script);
        var task = _state is null
            ? script.RunAsync(null, _ => true, cell.Cancellation)
            : script.RunFromAsync(_state, _ => true, cell.Cancellation);
        task.Wait(cell.Cancellation);
        (_last, _state) = (script, task.Result);
        if (task.Result.Exception is { } thrown)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(thrown);
        return hasResult ? task.Result.ReturnValue : ICellLanguage.Nothing;
    }

    /// <summary>What a cell declares, as it would run next; null if it does not compile.</summary>
    /// <exception cref="NotCachedException">Its effects are more than its variables.</exception>
    public CSharpDeclarations? Declarations(string code, RunningCell cell)
    {
        var script = Next(code, cell.Number);
        if (Errors(script, cell.Cancellation).Count > 0)
            return null;
        var compilation = script.GetCompilation();
        var declarations = CSharpDeclarations.Of(compilation);
        var alone = Next(declarations.Code, cell.Number);
        if (Errors(alone, cell.Cancellation) is [var error, ..])
            throw new NotCachedException($"its declarations do not compile without it ({error.GetMessage()})");
        CSharpDeclarations.NeedSame(compilation, alone.GetCompilation());
        return declarations;
    }

    /// <summary>
    /// Gives what a cell may change besides its own: the variables that there are by now, with the values that they have when it is
    /// called, static ones of cells' types, and what belongs to the process.
    /// </summary>
    public Func<IEnumerable<(string Name, object? Value)>> Earlier()
    {
        ScriptVariable[] variables = [.. _state?.Variables ?? []];
        FieldInfo[] statics = [.. AppDomain.CurrentDomain.GetAssemblies().Where(a => a.GetName().Name?.StartsWith(ScriptAssembly, StringComparison.Ordinal) == true)
            .SelectMany(a => a.GetTypes()).Where(t => !t.ContainsGenericParameters && !t.FullName!.Contains('<', StringComparison.Ordinal))
            .SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)).Where(f => !f.IsLiteral)];
        return () => [("the current folder", Environment.CurrentDirectory), ("the environment", EnvironmentText()), .. variables.Select(v => (v.Name, (object?)v.Value)), .. statics.Select(f => ($"{f.DeclaringType!.Name}.{f.Name}", ValueOf(f)))];
    }

    /// <summary>Declares what a cell declares and gives its variables the values that they had, without running it. If that fails, nothing has changed.</summary>
    public void Restore(CellResult result, byte[] values, RunningCell cell)
    {
        var code = Checked(result.Declarations, cell.Cancellation);
        var script = Next(code, cell.Number);
        if (Errors(script, cell.Cancellation) is [var error, ..])
            throw new InvalidDataException(error.GetMessage());
        var state = (_state is null ? script.RunAsync(null, cell.Cancellation) : script.RunFromAsync(_state, cell.Cancellation)).GetAwaiter().GetResult();
        using var reader = new ValueReader(values);
        foreach (var name in result.Variables)
        {
            var variable = state.GetVariable(name);
            variable.Value = reader.Read(variable.Type);
        }
        var random = (byte[]?)reader.Read(typeof(byte[]));
        reader.End();
        TorchState.Set(random);
        (_last, _state) = (script, state);
    }

    public void Reference(IReadOnlyList<string> assemblies)
    {
        var known = _options.MetadataReferences.OfType<PortableExecutableReference>().Select(r => r.FilePath).ToHashSet();
        var fresh = assemblies.Where(a => !known.Contains(a)).ToArray();
        foreach (var path in fresh)
        {
            // Loaded once for all languages, so that a value means the same in each of them.
            if (HostReferences.Load(path) is { } loaded)
                _loader.RegisterDependency(loaded);
        }
        _options = _options.AddReferences(fresh.Select(_references.Of));
    }

    public IReadOnlyList<SessionVariable> Variables => _state is null ? []
        : [.. _state.Variables.Reverse().DistinctBy(v => v.Name).Reverse().Select(v => new SessionVariable(v.Name, v.Type, v.Value))];

    public void Set(string name, object? value, Type type)
    {
        if (!SyntaxFacts.IsValidIdentifier(name))
            throw new CellFailure("ArgumentException", $"'{name}' is not a name that C# can use.");
        var written = Written(type, value);
        if (value is not null && HostReferences.PathOf(value.GetType().Assembly) is { } path)
            Reference([path]);
        var script = Next($"{written} {name} = default;", 0);
        var errors = Errors(script, default);
        if (errors.Count > 0)
            throw CompileFailure(errors);
        _state = (_state is null ? script.RunAsync() : script.RunFromAsync(_state)).GetAwaiter().GetResult();
        _last = script;
        _state.GetVariable(name).Value = value;
    }

    public CodeCompleteness Completeness(string code)
    {
        var tree = CSharpSyntaxTree.ParseText(code, s_parse);
        var errors = tree.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.Id).ToArray();
        // Roslyn takes a raw string that is still open for an error that nothing can mend.
        if (!SyntaxFactory.IsCompleteSubmission(tree) || errors.Contains(UnterminatedRawString))
            return CodeCompleteness.Incomplete;
        return errors.Length > 0 ? CodeCompleteness.Invalid : CodeCompleteness.Complete;
    }

    public CodeCompletions Complete(string code, int position)
    {
        var start = position;
        while (start > 0 && (char.IsLetterOrDigit(code[start - 1]) || code[start - 1] == '_'))
            start--;
        var typed = code[start..position];
        var (model, root) = Bind(code);
        var before = root.FindToken(Math.Max(0, start - 1));
        var access = before.IsKind(SyntaxKind.DotToken) || before.IsKind(SyntaxKind.QuestionToken) ? before.Parent : null;
        IEnumerable<string> names;
        if (access is MemberAccessExpressionSyntax member)
            names = MembersOf(model, member.Expression, start);
        else if (access is QualifiedNameSyntax qualified)
            names = MembersOf(model, qualified.Left, start);
        else if (access is MemberBindingExpressionSyntax { Parent.Parent: ConditionalAccessExpressionSyntax conditional })
            names = MembersOf(model, conditional.Expression, start);
        else
            names = model.LookupSymbols(start).Where(s => s.CanBeReferencedByName).Select(s => s.Name)
                .Concat(SyntaxFacts.GetReservedKeywordKinds().Select(SyntaxFacts.GetText));
        return new([.. names.Where(n => n.StartsWith(typed, StringComparison.OrdinalIgnoreCase)).Distinct().Order(StringComparer.Ordinal)], start, position);
    }

    public string? Inspect(string code, int position)
    {
        var (model, root) = Bind(code);
        var token = root.FindToken(Math.Clamp(position, 0, Math.Max(0, code.Length - 1)));
        if (!token.IsKind(SyntaxKind.IdentifierToken) && position > 0)
            token = root.FindToken(position - 1);
        if (token.Parent is not { } node)
            return null;
        var info = model.GetSymbolInfo(node);
        ISymbol?[] symbols = info.Symbol is { } one ? [one] : [.. info.CandidateSymbols.DefaultIfEmpty(model.GetDeclaredSymbol(node))];
        if (symbols[0] is null or INamespaceSymbol { IsGlobalNamespace: true })
            return null;
        var more = symbols.Length > MostOverloads ? $"\n... and {symbols.Length - MostOverloads} more" : "";
        var comment = AssemblyDocumentation.Plain(symbols[0]!.GetDocumentationCommentXml());
        return string.Join('\n', symbols.Take(MostOverloads).Select(s => Signature(s!))) + more + (comment.Length > 0 ? $"\n\n{comment}" : "");
    }

    public void Dispose() => _loader.Dispose();

    /// <summary>Goes the whole way of a cell once, up to how its value is shown, for the sake of the time that it takes the first time.</summary>
    public static void WarmUp(string folder)
    {
        using var language = new CSharpLanguage(folder);
        var script = CSharpScript.Create(Checked("var warm = 1; warm + 1", default), language._options);
        if (Errors(script, default).Count == 0 && HasResult(script))
            _ = MimeData.Of(FormattedValue.CreateMany(script.RunAsync().GetAwaiter().GetResult().ReturnValue, []));
    }

    static string Checked(string code, CancellationToken cancellation) =>
        CSharpLoopChecks.Insert(CSharpSyntaxTree.ParseText(code, s_parse, cancellationToken: cancellation).GetRoot(cancellation)).ToFullString();

    static string EnvironmentText() => string.Join('\n', Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
        .Select(v => $"{v.Key}={v.Value}").Order(StringComparer.Ordinal));

    // Reading it may be what runs the initializer of the type.
    static object? ValueOf(FieldInfo field)
    {
        try
        {
            return field.GetValue(null);
        }
        catch (Exception e) when (e is TargetInvocationException or TypeInitializationException)
        {
            return null;
        }
    }

    Script<object> Next(string code, int cell)
    {
        var options = _options.WithFilePath($"cell {cell}");
        return _last is null ? CSharpScript.Create(code, options, assemblyLoader: _loader) : _last.ContinueWith(code, options);
    }

    (SemanticModel, SyntaxNode) Bind(string code)
    {
        var compilation = Next(code, 0).GetCompilation();
        var tree = compilation.SyntaxTrees.Last();
        return (compilation.GetSemanticModel(tree), tree.GetRoot());
    }

    static IEnumerable<string> MembersOf(SemanticModel model, ExpressionSyntax left, int position)
    {
        var symbol = model.GetSymbolInfo(left).Symbol;
        if (symbol is INamespaceOrTypeSymbol container)
        {
            return model.LookupSymbols(position, container)
                .Where(s => s.CanBeReferencedByName && (s.IsStatic || s is INamespaceOrTypeSymbol || s is IFieldSymbol { IsConst: true })).Select(s => s.Name);
        }
        return model.GetTypeInfo(left).Type is not { } type || type.TypeKind == TypeKind.Error ? []
            : model.LookupSymbols(position, type, includeReducedExtensionMethods: true)
                .Where(s => s.CanBeReferencedByName && !s.IsStatic && s is not INamedTypeSymbol).Select(s => s.Name);
    }

    static string Signature(ISymbol symbol)
    {
        var text = symbol.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
        return symbol is IFieldSymbol { ContainingType.IsScriptClass: true } or IPropertySymbol { ContainingType.IsScriptClass: true }
            ? $"(variable) {text[..(text.IndexOf(' ', StringComparison.Ordinal) + 1)]}{symbol.Name}" : text;
    }

    static IReadOnlyList<Diagnostic> Errors(Script script, CancellationToken cancellation) =>
        [.. script.Compile(cancellation).Where(d => d.Severity == DiagnosticSeverity.Error)];

    static CellFailure CompileFailure(IReadOnlyList<Diagnostic> errors)
    {
        string[] lines = [.. errors.Select(d =>
        {
            var place = d.Location.GetMappedLineSpan();
            var file = place.Path is { Length: > 0 } path && !path.StartsWith("cell ", StringComparison.Ordinal) ? path : "";
            return $"{file}({place.StartLinePosition.Line + 1},{place.StartLinePosition.Character + 1}): error {d.Id}: {d.GetMessage()}";
        })];
        return new("CompilationError", string.Join('\n', lines), lines);
    }

    // An expression without a semicolon at the end, or a return, gives a value; one of type void does not.
    static bool HasResult(Script script)
    {
        var compilation = script.GetCompilation();
        var tree = compilation.SyntaxTrees.Last();
        var statements = tree.GetCompilationUnitRoot().Members;
        if (statements.OfType<GlobalStatementSyntax>().Any(s => s.Statement is ReturnStatementSyntax { Expression: not null }
            || s.DescendantNodes(n => n is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).OfType<ReturnStatementSyntax>().Any(r => r.Expression is not null)))
            return true;
        if (statements.LastOrDefault() is not GlobalStatementSyntax { Statement: ExpressionStatementSyntax { SemicolonToken.IsMissing: true } last })
            return false;
        return compilation.GetSemanticModel(tree).GetTypeInfo(last.Expression).Type?.SpecialType != SpecialType.System_Void;
    }

    /// <summary>A type as C# writes it; the nearest that other assemblies may name.</summary>
    static string Written(Type type, object? value)
    {
        if (value is null && type == typeof(object))
            return "object";
        var visible = type;
        while (!visible.IsVisible || visible.Assembly.IsDynamic || string.IsNullOrEmpty(visible.Assembly.Location))
        {
            if (visible.BaseType is null || visible.BaseType == typeof(object))
            {
                throw new CellFailure("NotSupportedException", $"A value of type {Microsoft.DotNet.Interactive.Formatting.Members.NameOf(type)}, which a cell declares, "
                    + "cannot be shared by reference: the other language does not know the type. Share a tuple, a list or a type of a referenced assembly, or a copy with --mime-type application/json.");
            }
            visible = visible.BaseType;
        }
        return Name(visible);
    }

    static string Name(Type type)
    {
        if (type.IsArray)
            return $"{Name(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (!type.IsGenericType)
            return $"global::{type.FullName!.Replace('+', '.')}";
        var arguments = new Queue<Type>(type.GetGenericArguments());
        var parts = type.GetGenericTypeDefinition().FullName!.Split('+', '.').Select(part =>
        {
            var tick = part.IndexOf('`', StringComparison.Ordinal);
            return tick < 0 ? part : $"{part[..tick]}<{string.Join(", ", Enumerable.Range(0, int.Parse(part[(tick + 1)..])).Select(_ => Name(arguments.Dequeue())))}>";
        });
        return $"global::{string.Join('.', parts)}";
    }
}

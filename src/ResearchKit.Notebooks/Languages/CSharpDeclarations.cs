using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ResearchKit.Notebooks.Caching;

namespace ResearchKit.Notebooks.Languages;

/// <summary>
/// What a C# cell declares, as code of its own that does nothing else: types, methods and usings as they stand, on the same lines, and
/// its variables without their values.
/// </summary>
/// <param name="Code">The code.</param>
/// <param name="Variables">The names of the variables.</param>
sealed record CSharpDeclarations(string Code, IReadOnlyList<string> Variables)
{
    static readonly SymbolDisplayFormat s_typeFormat = SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(
        SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    /// <summary>Takes the declarations of a cell that compiles.</summary>
    /// <exception cref="NotCachedException">Its effects are more than its variables.</exception>
    public static CSharpDeclarations Of(Compilation cell)
    {
        var tree = cell.SyntaxTrees.Last();
        var root = tree.GetCompilationUnitRoot();
        var model = cell.GetSemanticModel(tree);
        var text = root.ToFullString().ToCharArray();
        foreach (var member in root.Members.Where(m => !IsKept(m)))
        {
            if (member.DescendantTrivia().Any(t => t.IsDirective && member.Span.Contains(t.Span)))
                throw new NotCachedException("a preprocessor directive stands inside one of its statements");
            for (var i = member.SpanStart; i < member.Span.End; i++)
                text[i] = text[i] is '\n' or '\r' ? text[i] : ' ';
        }
        foreach (var node in root.DescendantNodes())
        {
            foreach (var target in Targets(node))
                NeedOwn(target, model, cell.ScriptClass!);
        }
        foreach (var type in cell.ScriptClass!.GetTypeMembers())
            NeedNoStatics(type);
        IFieldSymbol[] variables = [.. VariablesOf(cell)];
        var declared = variables.Select(v => $"{TypeName(v, model, root.FullSpan.End)} @{v.Name} = default;");
        return new($"{new string(text)}\n{string.Join(' ', declared)}", [.. variables.Select(v => v.Name)]);
    }

    /// <summary>Throws unless the declarations, compiled, have the same variables as the cell.</summary>
    public static void NeedSame(Compilation cell, Compilation declarations)
    {
        static string Show(Compilation c) => string.Join('\n', VariablesOf(c).Select(v => $"{v.Name} {v.Type.ToDisplayString(s_typeFormat)}").Order(StringComparer.Ordinal));
        if (Show(cell) != Show(declarations))
            throw new NotCachedException("its variables cannot be declared without running it");
    }

    static IEnumerable<IFieldSymbol> VariablesOf(Compilation cell)
    {
        foreach (var field in cell.ScriptClass!.GetMembers().OfType<IFieldSymbol>().Where(f => !f.IsConst))
        {
            if (field.AssociatedSymbol is { } owner)
                throw new NotCachedException($"{owner.Name} is a property or an event with a value of its own; make it a variable");
            if (!field.IsImplicitlyDeclared && field.CanBeReferencedByName)
                yield return field;
        }
        if (cell.ScriptClass.GetMembers().OfType<IEventSymbol>().FirstOrDefault() is { } happening)
            throw new NotCachedException($"{happening.Name} is an event");
    }

    // Statements and variables go; what is left has no effect until it is called.
    static bool IsKept(MemberDeclarationSyntax member)
    {
        switch (member)
        {
            case GlobalStatementSyntax:
                return false;
            case FieldDeclarationSyntax field:
                if (field.Modifiers.Any(SyntaxKind.ConstKeyword))
                    return true;
                return field.Modifiers.Count == 0 ? false
                    : throw new NotCachedException($"{field.Declaration.Variables[0].Identifier.Text} is declared as {field.Modifiers}; plain variables are kept");
            case MethodDeclarationSyntax or BaseTypeDeclarationSyntax or DelegateDeclarationSyntax:
            case PropertyDeclarationSyntax { Initializer: null } property when property.ExpressionBody is not null || property.AccessorList!.Accessors.All(a => a.Body is not null || a.ExpressionBody is not null):
                return true;
            default:
                throw new NotCachedException($"what it declares on line {member.GetLocation().GetLineSpan().StartLinePosition.Line + 1} is not a variable, a method or a type");
        }
    }

    static IEnumerable<ExpressionSyntax> Targets(SyntaxNode node) => node switch
    {
        AssignmentExpressionSyntax assignment => Each(assignment.Left),
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression or (int)SyntaxKind.AddressOfExpression } prefix => [prefix.Operand],
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression } postfix => [postfix.Operand],
        ArgumentSyntax { RefKindKeyword.RawKind: (int)SyntaxKind.RefKeyword or (int)SyntaxKind.OutKeyword } argument => [argument.Expression],
        RefExpressionSyntax reference => [reference.Expression],
        ForEachVariableStatementSyntax each => Each(each.Variable),
        _ => [],
    };

    static IEnumerable<ExpressionSyntax> Each(ExpressionSyntax left) => left is TupleExpressionSyntax tuple ? tuple.Arguments.SelectMany(a => Each(a.Expression)) : [left];

    // What is assigned to, and each object on the way to it.
    static void NeedOwn(ExpressionSyntax target, SemanticModel model, INamedTypeSymbol cell)
    {
        for (var e = target; e is not null; e = Inner(e))
        {
            if (model.GetSymbolInfo(e).Symbol is not (IFieldSymbol or IPropertySymbol or IEventSymbol) and not null)
                continue;
            if (model.GetSymbolInfo(e).Symbol is not { ContainingType: { } owner } symbol)
                continue;
            if (owner.IsScriptClass && !SymbolEqualityComparer.Default.Equals(owner, cell))
                throw new NotCachedException($"it changes {symbol.Name} of an earlier cell");
            if (symbol.IsStatic)
                throw new NotCachedException($"it sets {owner.Name}.{symbol.Name}, which is not a variable of its own");
        }
    }

    static ExpressionSyntax? Inner(ExpressionSyntax expression) => expression switch
    {
        MemberAccessExpressionSyntax member => member.Expression,
        ElementAccessExpressionSyntax element => element.Expression,
        ParenthesizedExpressionSyntax inner => inner.Expression,
        CastExpressionSyntax cast => cast.Expression,
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } sure => sure.Operand,
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PointerIndirectionExpression } pointed => pointed.Operand,
        RefExpressionSyntax reference => reference.Expression,
        ConditionalAccessExpressionSyntax access => access.Expression,
        MemberBindingExpressionSyntax or ElementBindingExpressionSyntax => expression.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>()?.Expression,
        _ => null,
    };

    static void NeedNoStatics(INamedTypeSymbol type)
    {
        foreach (var member in type.GetMembers())
        {
            if (member is IFieldSymbol { IsStatic: true, IsConst: false } or IEventSymbol { IsStatic: true, IsAbstract: false } && type.TypeKind != TypeKind.Enum)
                throw new NotCachedException($"{type.Name}.{(member as IFieldSymbol)?.AssociatedSymbol?.Name ?? member.Name} is static, and its value is not kept");
            if (member is INamedTypeSymbol inner)
                NeedNoStatics(inner);
        }
    }

    static string TypeName(IFieldSymbol variable, SemanticModel model, int position)
    {
        if (variable.RefKind != RefKind.None || !HasName(variable.Type))
            throw new NotCachedException($"the type of {variable.Name} ({variable.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}) cannot be written down");
        return variable.Type.ToMinimalDisplayString(model, position, SymbolDisplayFormat.MinimallyQualifiedFormat);
    }

    static bool HasName(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => HasName(array.ElementType),
        INamedTypeSymbol { IsAnonymousType: true } or INamedTypeSymbol { TypeKind: TypeKind.Error } => false,
        INamedTypeSymbol named => named.TypeArguments.All(HasName) && (named.ContainingType is null || HasName(named.ContainingType)),
        _ => false,
    };
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ResearchKit.Notebooks.Runs;

/// <summary>Parameters that are declared in a C# cell, and their values as C# writes them.</summary>
static class CSharpParameters
{
    public static IReadOnlyList<ParameterDeclaration> Read(string code)
    {
        var root = CSharpSyntaxTree.ParseText(code, new CSharpParseOptions(LanguageVersion.Latest, kind: SourceCodeKind.Script)).GetCompilationUnitRoot();
        return
        [
            .. from declaration in root.Members.Select(DeclarationOf).OfType<VariableDeclarationSyntax>()
               from variable in declaration.Variables
               select new ParameterDeclaration(variable.Identifier.Text, TypeOf(declaration.Type, variable.Initializer?.Value),
                   variable.Initializer?.Value.ToString() ?? "", Comment(variable)),
        ];
    }

    public static string Write(string name, ParameterType type, object? value) =>
        $"{(type.List is null ? type.Written : ListType(type))} {name} = {Literal(type, value)};";

    static VariableDeclarationSyntax? DeclarationOf(MemberDeclarationSyntax member) => member switch
    {
        FieldDeclarationSyntax field => field.Declaration,
        GlobalStatementSyntax { Statement: LocalDeclarationStatementSyntax local } => local.Declaration,
        _ => null,
    };

    static string Comment(VariableDeclaratorSyntax variable) =>
        variable.FirstAncestorOrSelf<MemberDeclarationSyntax>()!.GetTrailingTrivia()
            .Where(t => t.IsKind(SyntaxKind.SingleLineCommentTrivia)).Select(t => t.ToString().TrimStart('/').Trim()).FirstOrDefault() ?? "";

    static ParameterType TypeOf(TypeSyntax declared, ExpressionSyntax? value) => declared switch
    {
        { IsVar: true } => OfValue(value),
        ArrayTypeSyntax array => Named(array.ElementType.ToString()) with { List = "[]" },
        GenericNameSyntax { TypeArgumentList.Arguments: [var item] } generic => Named(item.ToString()) with { List = generic.Identifier.Text },
        NullableTypeSyntax nullable => Named(nullable.ElementType.ToString()) with { Written = nullable.ToString() },
        _ => Named(declared.ToString()),
    };

    static ParameterType OfValue(ExpressionSyntax? value) => value switch
    {
        PrefixUnaryExpressionSyntax unary => OfValue(unary.Operand),
        LiteralExpressionSyntax { Token.Value: string } or InterpolatedStringExpressionSyntax => Named("string"),
        LiteralExpressionSyntax { Token.Value: bool } => Named("bool"),
        LiteralExpressionSyntax { Token.Value: int } => Named("int"),
        LiteralExpressionSyntax { Token.Value: long or uint or ulong } => Named("long"),
        LiteralExpressionSyntax { Token.Value: float } => Named("float"),
        LiteralExpressionSyntax { Token.Value: double } => Named("double"),
        ImplicitArrayCreationExpressionSyntax { Initializer.Expressions: [var first, ..] } => OfValue(first) with { List = "[]" },
        ArrayCreationExpressionSyntax array => Named(array.Type.ElementType.ToString()) with { List = "[]" },
        ObjectCreationExpressionSyntax { Type: GenericNameSyntax { TypeArgumentList.Arguments: [var item] } generic } =>
            Named(item.ToString()) with { List = generic.Identifier.Text },
        _ => new(ParameterKind.Unknown, "var"),
    };

    static ParameterType Named(string name) => new(name switch
    {
        "string" or "String" or "string?" => ParameterKind.Text,
        "int" or "short" or "byte" or "Int32" => ParameterKind.Whole,
        "long" or "Int64" => ParameterKind.Long,
        "double" or "decimal" or "Double" => ParameterKind.Number,
        "float" or "Single" => ParameterKind.Single,
        "bool" or "Boolean" => ParameterKind.Truth,
        _ => ParameterKind.Unknown,
    }, name);

    static string ListType(ParameterType type) => type.List == "[]" ? $"{type.Written}[]" : $"{type.List}<{type.Written}>";

    static string Literal(ParameterType type, object? value) => value switch
    {
        null => "null",
        IReadOnlyList<object?> items => type.List is "[]" or "List"
            ? $"new {ListType(type)} {{ {string.Join(", ", items.Select(i => Literal(type with { List = null }, i)))} }}"
            : $"new {type.Written}[] {{ {string.Join(", ", items.Select(i => Literal(type with { List = null }, i)))} }}",
        string text => SymbolDisplay.FormatLiteral(text, quote: true),
        bool truth => truth ? "true" : "false",
        long whole => type.Kind switch { ParameterKind.Long => $"{whole}L", _ => $"{whole}" },
        double number => type.Written == "decimal" ? $"{number:R}m" : Number(number, type.Kind == ParameterKind.Single),
        _ => throw new ArgumentException($"{value.GetType()} is no type of a parameter.", nameof(value)),
    };

    static string Number(double number, bool single)
    {
        var name = single ? "float" : "double";
        if (!double.IsFinite(number))
            return double.IsNaN(number) ? $"{name}.NaN" : number > 0 ? $"{name}.PositiveInfinity" : $"{name}.NegativeInfinity";
        var text = number.ToString("R");
        return single ? $"{text}f" : text.AsSpan().ContainsAny('.', 'E') ? text : $"{text}.0";
    }
}

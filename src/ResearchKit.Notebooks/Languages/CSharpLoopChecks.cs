using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ResearchKit.Notebooks.Languages;

/// <summary>
/// Puts a call of <see cref="LoopCheck.Pass"/> into each loop and, for recursions and callbacks, into each method and each lambda that
/// has a block. Lines stay where they are.
/// </summary>
sealed class CSharpLoopChecks : CSharpSyntaxRewriter
{
    static readonly StatementSyntax s_check = SyntaxFactory.ParseStatement($"global::{typeof(LoopCheck).FullName}.{nameof(LoopCheck.Pass)}();");

    /// <summary>The code with checks; the same code if it has no loops.</summary>
    public static SyntaxNode Insert(SyntaxNode code) => new CSharpLoopChecks().Visit(code);

    public override SyntaxNode? VisitWhileStatement(WhileStatementSyntax node) =>
        base.VisitWhileStatement(node.WithStatement(Checked(node.Statement)));

    public override SyntaxNode? VisitDoStatement(DoStatementSyntax node) =>
        base.VisitDoStatement(node.WithStatement(Checked(node.Statement)));

    public override SyntaxNode? VisitForStatement(ForStatementSyntax node) =>
        base.VisitForStatement(node.WithStatement(Checked(node.Statement)));

    public override SyntaxNode? VisitForEachStatement(ForEachStatementSyntax node) =>
        base.VisitForEachStatement(node.WithStatement(Checked(node.Statement)));

    public override SyntaxNode? VisitForEachVariableStatement(ForEachVariableStatementSyntax node) =>
        base.VisitForEachVariableStatement(node.WithStatement(Checked(node.Statement)));

    public override SyntaxNode? VisitMethodDeclaration(MethodDeclarationSyntax node) => base.VisitMethodDeclaration(
        node.Body is { } body ? node.WithBody(Checked(body))
        : IsPlain(node.ReturnType, node.Modifiers) && node.ExpressionBody is { } arrow
            ? node.WithExpressionBody(null).WithBody(Returning(arrow)).WithSemicolonToken(SyntaxFactory.MissingToken(SyntaxKind.SemicolonToken).WithTrailingTrivia(node.SemicolonToken.TrailingTrivia))
            : node);

    public override SyntaxNode? VisitLocalFunctionStatement(LocalFunctionStatementSyntax node) => base.VisitLocalFunctionStatement(
        node.Body is { } body ? node.WithBody(Checked(body))
        : IsPlain(node.ReturnType, node.Modifiers) && node.ExpressionBody is { } arrow
            ? node.WithExpressionBody(null).WithBody(Returning(arrow)).WithSemicolonToken(SyntaxFactory.MissingToken(SyntaxKind.SemicolonToken).WithTrailingTrivia(node.SemicolonToken.TrailingTrivia))
            : node);

    public override SyntaxNode? VisitParenthesizedLambdaExpression(ParenthesizedLambdaExpressionSyntax node) =>
        base.VisitParenthesizedLambdaExpression(node.Block is { } block ? node.WithBlock(Checked(block)) : node);

    public override SyntaxNode? VisitSimpleLambdaExpression(SimpleLambdaExpressionSyntax node) =>
        base.VisitSimpleLambdaExpression(node.Block is { } block ? node.WithBlock(Checked(block)) : node);

    // Whether an expression body gives a value that can simply be returned.
    static bool IsPlain(TypeSyntax type, SyntaxTokenList modifiers) =>
        type is not (PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword } or RefTypeSyntax) && !modifiers.Any(SyntaxKind.AsyncKeyword);

    static BlockSyntax Returning(ArrowExpressionClauseSyntax arrow) => arrow.Expression is ThrowExpressionSyntax thrown
        ? SyntaxFactory.Block(s_check, SyntaxFactory.ThrowStatement(thrown.ThrowKeyword, thrown.Expression, SyntaxFactory.Token(SyntaxKind.SemicolonToken)))
        : SyntaxFactory.Block(s_check, SyntaxFactory.ReturnStatement(
            SyntaxFactory.Token(SyntaxKind.ReturnKeyword).WithLeadingTrivia(arrow.ArrowToken.LeadingTrivia.AddRange(arrow.ArrowToken.TrailingTrivia)).WithTrailingTrivia(SyntaxFactory.Space),
            arrow.Expression, SyntaxFactory.Token(SyntaxKind.SemicolonToken)));

    static BlockSyntax Checked(StatementSyntax body) => body is BlockSyntax block
        ? block.WithStatements(block.Statements.Insert(0, s_check))
        : SyntaxFactory.Block(s_check, body);
}

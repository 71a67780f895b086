using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ResearchKit.Notebooks.Languages;

/// <summary>Puts a call of <see cref="LoopCheck.Pass"/> into each loop. Lines stay where they are.</summary>
sealed class LoopChecks(int number) : CSharpSyntaxRewriter
{
    readonly StatementSyntax _check = SyntaxFactory.ParseStatement($"global::{typeof(LoopCheck).FullName}.{nameof(LoopCheck.Pass)}({number});");

    /// <summary>The code with checks; the same code if it has no loops.</summary>
    public static SyntaxNode Insert(SyntaxNode code, int number) => new LoopChecks(number).Visit(code);

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

    BlockSyntax Checked(StatementSyntax body) => body is BlockSyntax block
        ? block.WithStatements(block.Statements.Insert(0, _check))
        : SyntaxFactory.Block(_check, body);
}

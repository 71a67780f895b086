using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ResearchKit.Notebooks.Languages;

/// <summary>Puts a call of <see cref="LoopCheck.Pass"/> into each loop. Lines stay where they are.</summary>
sealed class LoopChecks : CSharpSyntaxRewriter
{
    static readonly StatementSyntax s_check = SyntaxFactory.ParseStatement($"global::{typeof(LoopCheck).FullName}.{nameof(LoopCheck.Pass)}();");

    /// <summary>The code with checks; the same code if it has no loops.</summary>
    public static SyntaxNode Insert(SyntaxNode code) => new LoopChecks().Visit(code);

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

    static BlockSyntax Checked(StatementSyntax body) => body is BlockSyntax block
        ? block.WithStatements(block.Statements.Insert(0, s_check))
        : SyntaxFactory.Block(s_check, body);
}

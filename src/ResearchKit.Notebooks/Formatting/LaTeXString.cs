namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>LaTeX, shown typeset.</summary>
public sealed class LaTeXString(string latexCode)
{
    /// <inheritdoc/>
    public override string ToString() => latexCode;

    /// <summary>A text as LaTeX.</summary>
    public static implicit operator LaTeXString(string source) => new(source);
}

/// <summary>A formula in LaTeX without the dollars around it, shown typeset.</summary>
public sealed class MathString(string latexCode)
{
    /// <inheritdoc/>
    public override string ToString() => $"$${latexCode}$$";

    /// <summary>A text as a formula.</summary>
    public static implicit operator MathString(string source) => new(source);
}

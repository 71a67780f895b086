using Microsoft.AspNetCore.Html;
using Microsoft.DotNet.Interactive.Formatting;
using ResearchKit.Notebooks.Sessions;

namespace ResearchKit.Notebooks.Languages;

/// <summary>Cells whose text is not run but shown, in the form that a function gives it.</summary>
sealed class ShownLanguage(Func<string, object> show) : ICellLanguage
{
    /// <summary>Markup as it stands.</summary>
    public static ShownLanguage Html { get; } = new(code => new HtmlString(code));

    /// <summary>Prose, with the source beside the markup for viewers that set it themselves.</summary>
    public static ShownLanguage Markdown { get; } = new(code => new[]
    {
        new FormattedValue(HtmlFormatter.MimeType, MarkdownText.ToHtml(code)),
        new FormattedValue("text/markdown", code),
        new FormattedValue(PlainTextFormatter.MimeType, code),
    });

    /// <summary>
    /// A diagram: as the MIME type that JupyterLab draws, and as the element that a page with Mermaid draws. Where neither is, the
    /// source can be read.
    /// </summary>
    public static ShownLanguage Mermaid { get; } = new(code => new[]
    {
        new FormattedValue("text/vnd.mermaid", code),
        new FormattedValue(HtmlFormatter.MimeType, $"<pre class=\"mermaid\">{HtmlFormatter.Encoder.Encode(code)}</pre>"),
        new FormattedValue(PlainTextFormatter.MimeType, code),
    });

    /// <summary>A script that runs in the page which shows the notebook; nothing runs it here.</summary>
    public static ShownLanguage JavaScript { get; } = new(code => new[]
    {
        new FormattedValue("application/javascript", code),
        new FormattedValue(PlainTextFormatter.MimeType, "(a script for the page that shows the notebook)"),
    });

    public object? Run(string code, RunningCell cell)
    {
        if (string.IsNullOrWhiteSpace(code))
            return ICellLanguage.Nothing;
        Microsoft.DotNet.Interactive.Kernel.display(show(code.Trim()));
        return ICellLanguage.Nothing;
    }
}

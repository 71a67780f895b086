using Markdig;

namespace ResearchKit.Notebooks.Languages;

/// <summary>Markdown with tables, footnotes and formulas.</summary>
static class MarkdownText
{
    static readonly MarkdownPipeline s_pipeline = new MarkdownPipelineBuilder().UseAdvancedExtensions().Build();

    /// <summary>The markup of a text. Formulas stay in LaTeX, between <c>\(</c> and <c>\)</c> or <c>\[</c> and <c>\]</c>.</summary>
    public static string ToHtml(string text) => Markdown.ToHtml(text, s_pipeline);
}

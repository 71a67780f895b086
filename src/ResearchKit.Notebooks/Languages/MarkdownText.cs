using Markdig;
using Markdig.Extensions.Mathematics;
using Markdig.Renderers;
using Markdig.Renderers.Html;

namespace ResearchKit.Notebooks.Languages;

/// <summary>Markdown with tables, footnotes and formulas.</summary>
static class MarkdownText
{
    static readonly MarkdownPipeline s_pipeline = Pipeline();

    /// <summary>
    /// The markup of a text. Formulas stay in LaTeX, between <c>\(</c> and <c>\)</c> or <c>\[</c> and <c>\]</c>, in elements of the
    /// class <c>math</c>; those between two dollars each are displayed even where they stand in a line.
    /// </summary>
    public static string ToHtml(string text) => Markdown.ToHtml(text, s_pipeline);

    static MarkdownPipeline Pipeline()
    {
        var builder = new MarkdownPipelineBuilder().UseAdvancedExtensions();
        builder.Extensions.Add(new DisplayedFormulas());
        return builder.Build();
    }

    // Markdig takes "$$ x $$" in one line for a formula of that line.
    sealed class DisplayedFormulas : HtmlObjectRenderer<MathInline>, IMarkdownExtension
    {
        public void Setup(MarkdownPipelineBuilder pipeline)
        {
        }

        public void Setup(MarkdownPipeline pipeline, IMarkdownRenderer renderer) => renderer.ObjectRenderers.ReplaceOrAdd<HtmlMathInlineRenderer>(this);

        protected override void Write(HtmlRenderer renderer, MathInline formula)
        {
            var displayed = formula.DelimiterCount == 2;
            renderer.Write(displayed ? "<span class=\"math display\">\\[" : "<span class=\"math\">\\(").WriteEscape(ref formula.Content).Write(displayed ? "\\]</span>" : "\\)</span>");
        }
    }
}

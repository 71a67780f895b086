using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ResearchKit.Formats;
using ResearchKit.Notebooks.Files;
using ResearchKit.Notebooks.Languages;
using ResearchKit.Reports;

namespace ResearchKit.Notebooks.Export;

/// <summary>How a notebook is made into a page.</summary>
public sealed record NotebookReportSettings
{
    /// <summary>The file of plotly.js to embed, or null where it cannot be had: then charts are the drawings that the outputs carry.</summary>
    public string? PlotlyJs { get; init; }

    /// <summary>
    /// True to take the outputs' HTML and scripts as they are: they run when the page is opened, and may load what they like. Only for
    /// notebooks whose every output is known.
    /// </summary>
    public bool Trusted { get; init; }

    /// <summary>Where a link back leads, relative to the page; null for none.</summary>
    public string? Back { get; init; }
}

/// <summary>A notebook with its outputs as one HTML file that opens offline anywhere. Nothing is run to write it.</summary>
/// <remarks>
/// The same notebook gives the same bytes. Markdown and outputs are foreign: <see cref="MarkupSanitizer"/> writes them anew, and
/// a content security policy lets only the page's own scripts run and nothing be loaded.
/// </remarks>
public static partial class NotebookReport
{
    const int MaxMarkup = 8 << 20;
    const int MaxText = 1 << 20;

    /// <summary>Writes the page.</summary>
    /// <param name="notebook">The notebook, usually as <c>kit notebook run</c> has left it.</param>
    /// <param name="name">The name of its file, for the reader.</param>
    /// <param name="path">The file to create or replace; its folder is created.</param>
    /// <param name="settings">How.</param>
    /// <exception cref="InvalidDataException">The plotly.js file cannot be embedded.</exception>
    public static void Write(Notebook notebook, string name, string path, NotebookReportSettings? settings = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var html = Encoding.UTF8.GetBytes(Render(notebook, name, settings));
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        AtomicFile.Write(path, stream => stream.Write(html));
    }

    /// <summary>The page as HTML text; parameters as for <see cref="Write"/>.</summary>
    public static string Render(Notebook notebook, string name, NotebookReportSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(notebook);
        ArgumentNullException.ThrowIfNull(name);
        return new Writer(notebook, name, settings ?? new()).Render();
    }

    /// <summary>The notebook's title: its first heading, or null.</summary>
    public static string? TitleOf(Notebook notebook)
    {
        ArgumentNullException.ThrowIfNull(notebook);
        var sanitizer = new MarkupSanitizer();
        foreach (var cell in notebook.Cells.Where(c => c.Kind == CellKind.Markdown).Take(3))
            sanitizer.Clean(Writer.Markdown(cell.Source) ?? "");
        return sanitizer.Headings.Count > 0 && sanitizer.Headings[0].Text.Length > 0 ? sanitizer.Headings[0].Text : null;
    }

    sealed partial class Writer(Notebook notebook, string name, NotebookReportSettings settings)
    {
        readonly MarkupSanitizer _sanitizer = new();
        readonly List<string> _figures = [];
        readonly List<string> _scripts = [];
        bool _leftOut;

        public string Render()
        {
            var body = new Html();
            foreach (var cell in notebook.Cells)
                Cell(body, cell);

            var headings = _sanitizer.Headings.Where(h => h.Text.Length > 0).ToList();
            // The first heading, if it is the only one of its level, is the page's title.
            var hasTitle = headings.Count > 0 && headings[0].Level == 1;
            var title = hasTitle ? headings[0].Text : name;
            var contents = headings.Where(h => h.Level <= 3).Skip(hasTitle ? 1 : 0).ToList();

            var scripts = new List<string>();
            if (settings.PlotlyJs is not null && (_figures.Count > 0 || settings.Trusted))
                scripts.Add(ReportPage.PlotlyJs(settings.PlotlyJs));
            scripts.Add(ReportPage.Resource("report.js"));
            scripts.Add(Resource("notebook.js"));

            var html = ReportPage.Begin($"{title} – ResearchKit notebook", ReportPage.Resource("report.css") + Resource("notebook.css"), settings.Trusted ? null : scripts);
            html.Add($"""<body class="notebook"><header><div class="bar"><span class="kit">{Back()}ResearchKit · {name}</span><span class="buttons"><button id="code" type="button" hidden>Show code</button><button id="theme" type="button" hidden>Dark</button></span></div>""");
            if (!hasTitle)
                html.Add($"<h1>{title}</h1>");
            html.Add($"</header><main>");
            if (contents.Count > 1)
            {
                var top = contents.Min(h => h.Level);
                html.Add($"""<nav class="contents" aria-label="Contents"><b>Contents</b><ol>""");
                foreach (var heading in contents)
                    html.Add($"""<li class="level{heading.Level - top}"><a href="#{heading.Id}">{heading.Text}</a></li>""");
                html.Add($"</ol></nav>");
            }
            html.Add($"""<div class="cells">{Marks()}{body}</div>{Provenance()}</main>""");
            html.Add($"<footer>Written by ResearchKit from {name}. Nothing was run to write it.</footer>");
            ReportPage.End(html, _figures, scripts, _scripts);
            return html.ToString();
        }

        Html? Back() => settings.Back is null ? null : new Html().Add($"""<a href="{settings.Back}">← All reports</a> · """);

        Html Marks()
        {
            var html = new Html();
            var papermill = notebook.Metadata["papermill"] as JsonObject;
            var code = notebook.Cells.Where(c => c.Kind == CellKind.Code && c.Source.Trim().Length > 0).ToList();
            if (code.Count > 0 && code.TrueForAll(c => c.Outputs.Count == 0))
                html.Add($"""<p class="mark">This notebook was not run, or holds no outputs: only its text and code are shown. To run it, type: ./kit notebook run {name}</p>""");
            else if (papermill?["exception"] is JsonValue failed && failed.TryGetValue<bool>(out var exception) && exception)
                html.Add($"""<p class="mark">The run ended with an error; cells after it may not have run.</p>""");
            if (_leftOut)
                html.Add($"""<p class="note">Some outputs hold scripts, frames or images from elsewhere. They are left out here. If you know where this notebook comes from, ./kit report --trusted shows them.</p>""");
            if (settings.Trusted)
                html.Add($"""<p class="note">Written with --trusted: scripts in the outputs run in this page.</p>""");
            return html;
        }

        void Cell(Html body, NotebookCell cell)
        {
            var tags = cell.Tags;
            if (tags.Contains("remove-cell"))
                return;
            switch (cell.Kind)
            {
                case CellKind.Markdown:
                    body.Add($"""<div class="text">""").Raw(Prose(cell.Source, cell)).Add($"</div>\n");
                    break;
                case CellKind.Raw when cell.Source.Trim().Length > 0:
                    body.Add($"""<pre class="raw" tabindex="0">{cell.Source}</pre>""");
                    break;
                case CellKind.Code:
                    Code(body, cell, tags);
                    break;
            }
        }

        void Code(Html body, NotebookCell cell, IReadOnlyList<string> tags)
        {
            var kernel = cell.Kernel;
            var metadata = cell.Metadata;
            var hidden = tags.Contains("remove-input") || (metadata["jupyter"] as JsonObject)?["source_hidden"]?.ToString() == "true";
            var parameters = tags.Contains("parameters") || tags.Contains("injected-parameters");
            // A cell in Markdown shows its text as its output: to show it again as code says nothing.
            if (!hidden && cell.Source.Trim().Length > 0 && !(kernel == KernelName.Markdown && cell.Outputs.Count > 0))
            {
                var lines = cell.Source.Trim('\n').Split('\n').Length;
                var what = tags.Contains("injected-parameters") ? "parameters of this run" : parameters ? "parameters" : CodeMarkup.LanguageName(kernel);
                var took = metadata["papermill"] is JsonObject run && run["duration"] is JsonValue value && value.TryGetValue<double>(out var seconds)
                    ? $" · {Numbers.Duration(Math.Round(seconds, 1))}" : "";
                body.Add($"""<details class="code"{(parameters ? new Html().Raw(" open") : null)}><summary>{what} · {lines} {(lines == 1 ? "line" : "lines")}{took}</summary><div class="source"><pre tabindex="0"><code>""")
                    .Raw(CodeMarkup.ToHtml(cell.Source.Trim('\n'), kernel)).Add($"</code></pre></div></details>\n");
            }
            if (tags.Contains("remove-output") || cell.Outputs.Count == 0)
                return;
            var outputs = new Html();
            foreach (var output in cell.Outputs.OfType<JsonObject>())
                Output(outputs, output, cell);
            if (outputs.ToString() is { Length: > 0 } written)
            {
                var folded = (metadata["jupyter"] as JsonObject)?["outputs_hidden"]?.ToString() == "true";
                body.Add($"""<div class="outputs">{(folded ? new Html().Raw("<details><summary>Outputs</summary>") : null)}""").Raw(written)
                    .Raw(folded ? "</details></div>\n" : "</div>\n");
            }
        }

        void Output(Html html, JsonObject output, NotebookCell cell)
        {
            switch (Word(output, "output_type"))
            {
                case "stream":
                    var error = Word(output, "name") == "stderr";
                    html.Add($"""<pre class="stream{(error ? " stderr" : "")}" tabindex="0">{Terminal(Text(output["text"]))}</pre>""");
                    break;
                case "error":
                    var lines = output["traceback"] is JsonArray traceback ? string.Join('\n', traceback.Select(Text)) : "";
                    html.Add($"""<div class="error" role="note"><p><b>{Word(output, "ename")}</b>: {Terminal(Text(output["evalue"]))}</p>""");
                    if (lines.Trim().Length > 0)
                        html.Add($"""<details><summary>Where</summary><pre tabindex="0">{Terminal(lines)}</pre></details>""");
                    html.Add($"</div>");
                    break;
                case "display_data" or "execute_result":
                    if (output["data"] is JsonObject data)
                        Display(html, data, cell);
                    break;
            }
        }

        // The richest form that can be shown; a form of which nothing is left gives way to the next.
        void Display(Html html, JsonObject data, NotebookCell cell)
        {
            if (settings.Trusted && data["application/javascript"] is { } script)
                _scripts.Add(Text(script));
            if (data["application/vnd.plotly.v1+json"] is { } figure && Chart(html, figure, data, cell))
                return;
            foreach (var type in new[] { "text/html", "image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp", "text/markdown", "text/latex", "text/vnd.mermaid", "application/json", "text/plain" })
            {
                if (data[type] is { } node && Form(type, node, cell) is { Length: > 0 } markup)
                {
                    html.Raw(markup);
                    return;
                }
            }
            if (data.ContainsKey("application/javascript"))
            {
                _leftOut |= !settings.Trusted;
                html.Add($"""<p class="note">{(settings.Trusted ? "(a script that runs in this page)" : "A script is left out here.")}</p>""");
            }
            else if (data.Count > 0)
            {
                html.Add($"""<p class="note">An output of the type {data.First().Key} cannot be shown.</p>""");
            }
        }

        string? Form(string type, JsonNode node, NotebookCell cell)
        {
            var text = Text(node);
            switch (type)
            {
                case "text/html":
                    return Foreign(text, cell);
                case "text/markdown":
                    return $"<div class=\"text\">{Prose(text, cell)}</div>";
                case "text/latex":
                    return Latex(text);
                case "image/svg+xml":
                    // As the data of an image a drawing runs and loads nothing.
                    return Image("image/svg+xml", Convert.ToBase64String(Encoding.UTF8.GetBytes(text)));
                case "text/vnd.mermaid":
                    return new Html().Add($"""<figure class="diagram"><pre tabindex="0">{text}</pre><figcaption>Source of a diagram (Mermaid)</figcaption></figure>""").ToString();
                case "application/json":
                    return new Html().Add($"""<pre class="result" tabindex="0">{Cut(node.ToJsonString(s_indented))}</pre>""").ToString();
                case "text/plain":
                    return text.Trim().Length == 0 ? null : new Html().Add($"""<pre class="result" tabindex="0">{Terminal(text)}</pre>""").ToString();
                default:
                    return Image(type, text);
            }

            static string? Image(string type, string base64) =>
                MarkupSanitizer.ImageUrl(type, base64) is { } url ? new Html().Add($"""<img class="picture" alt="output" src="{url}">""").ToString() : null;
        }

        bool Chart(Html html, JsonNode figure, JsonObject data, NotebookCell cell)
        {
            var drawing = data["text/html"] is { } node ? Foreign(Text(node), cell, noticed: false) : null;
            if (settings.PlotlyJs is null || FigureJson.Clean(figure) is not { } json)
            {
                if (drawing is not { Length: > 0 })
                    return false;
                html.Add($"""<div class="chart">""").Raw(drawing).Add($"</div>");
                return true;
            }
            html.Add($"""<div class="chart"><div class="plot" data-figure="{_figures.Count}" role="img" aria-label="{ChartTitle(figure)}"></div><div class="scroll">""")
                .Raw(drawing is { Length: > 0 } ? drawing : "<p class=\"note\">A chart that needs scripts to be drawn.</p>").Add($"</div></div>");
            _figures.Add(json);
            return true;
        }

        static string ChartTitle(JsonNode figure)
        {
            var title = figure is JsonObject members && members["layout"] is JsonObject layout ? layout["title"] : null;
            return (title is JsonObject inner ? Word(inner, "text") : Text(title)) is { Length: > 0 } text ? $"Chart: {text}" : "Chart";
        }

        // HTML of an output; null if nothing of it can be seen.
        string? Foreign(string markup, NotebookCell cell, bool noticed = true)
        {
            if (Latex(markup, only: true) is { } formula)
                return formula;
            if (settings.Trusted)
                return $"<div class=\"html\">{markup}</div>";
            if (markup.Length > MaxMarkup)
                return new Html().Add($"""<p class="note">An output of {markup.Length} characters is left out, as it is too long for a page.</p>""").ToString();
            var clean = _sanitizer.Clean(markup, Attachment(cell));
            _leftOut |= _sanitizer.LeftOut && noticed;
            return Visible().IsMatch(clean) ? $"<div class=\"html scroll\">{clean}</div>" : null;
        }

        string Prose(string source, NotebookCell cell)
        {
            if (Markdown(source) is not { } markup)
                return new Html().Add($"<pre tabindex=\"0\">{Cut(source)}</pre>").ToString();
            var clean = _sanitizer.Clean(markup, Attachment(cell));
            _leftOut |= _sanitizer.LeftOut && !settings.Trusted;
            return clean;
        }

        // Markdown as HTML; null where it is nested or long beyond all use.
        internal static string? Markdown(string source)
        {
            try
            {
                return source.Length > MaxText ? null : MarkdownText.ToHtml(source);
            }
            catch (ArgumentException)
            {
                return null;
            }
        }

        static string? Latex(string text, bool only = false)
        {
            var tex = text.Trim();
            foreach (var (fence, display) in new[] { ("$$", true), ("$", !only) })
            {
                if (tex.Length > 2 * fence.Length && tex.StartsWith(fence, StringComparison.Ordinal) && tex.EndsWith(fence, StringComparison.Ordinal)
                    && tex.AsSpan(fence.Length, tex.Length - (2 * fence.Length)).IndexOf(fence) < 0)
                    return $"<div class=\"formula scroll\">{TexMath.ToHtml(only ? System.Net.WebUtility.HtmlDecode(tex[fence.Length..^fence.Length]) : tex[fence.Length..^fence.Length], display)}</div>";
            }
            return only ? null : $"<div class=\"formula scroll\">{TexMath.ToHtml(tex, true)}</div>";
        }

        static Func<string, string?> Attachment(NotebookCell cell)
        {
            if (cell.Members.Get("attachments") is not JsonObject files)
                return _ => null;
            return name => files[name] is JsonObject { Count: > 0 } forms && forms.First() is var form ? MarkupSanitizer.ImageUrl(form.Key, Text(form.Value)) : null;
        }

        Html Provenance()
        {
            var metadata = notebook.Metadata;
            var papermill = metadata["papermill"] as JsonObject;
            var code = metadata["researchkit"] as JsonObject;
            var html = new Html().Add($"""<section id="provenance"><h2>Provenance</h2><dl class="facts"><div><dt>Notebook</dt><dd>{name}</dd></div>""");
            html.Add($"<div><dt>Languages</dt><dd>{string.Join(", ", notebook.Kernels.Select(CodeMarkup.LanguageName))}</dd></div>");
            if (papermill is not null)
            {
                Fact("Started (UTC)", Word(papermill, "start_time") is { Length: >= 19 } start ? start[..19].Replace('T', ' ') : "");
                Fact("Took", papermill["duration"] is JsonValue value && value.TryGetValue<double>(out var seconds) ? Numbers.Duration(Math.Round(seconds, 1)) : "");
                Fact("Ended", papermill["exception"] is JsonValue ended && ended.TryGetValue<bool>(out var failed) ? failed ? "with an error" : "as it should" : "");
                Fact("Run by", Word(papermill, "version"));
            }
            var cells = notebook.Cells.Where(c => c.Kind == CellKind.Code && c.Source.Trim().Length > 0).ToList();
            Fact("Cells run", $"{cells.Count(c => c.ExecutionCount is not null)} of {cells.Count}");
            foreach (var (key, value) in code ?? [])
            {
                if (value is JsonValue)
                    Fact(string.Concat(key[..1].ToUpperInvariant(), key[1..]), value.ToString());
            }
            Fact("SHA-256 of its text", Convert.ToHexStringLower(SHA256.HashData(NotebookFile.Bytes("a.ipynb", notebook))));
            html.Add($"</dl>");
            if (papermill?["parameters"] is JsonObject { Count: > 0 } parameters)
            {
                html.Add($"""<h3>Parameters that were set</h3><dl class="facts">""");
                foreach (var (key, value) in parameters)
                    Fact(key, value is JsonValue ? value.ToString() : value?.ToJsonString() ?? "none");
                html.Add($"</dl>");
            }
            return html.Add($"</section>");

            void Fact(string what, string value)
            {
                if (value.Length > 0)
                    html.Add($"<div><dt>{what}</dt><dd>{value}</dd></div>");
            }
        }

        static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 256 };

        static string Cut(string text) => text.Length <= MaxText ? text : string.Create(CultureInfo.InvariantCulture, $"{text[..MaxText]}\n… {text.Length - MaxText:N0} more characters");

        // Terminals' colours and other control sequences are of no use here.
        static string Terminal(string text) => Escape().Replace(Cut(text), "");

        static string Text(JsonNode? node) => node switch
        {
            JsonArray lines => string.Concat(lines.Select(Text)),
            JsonValue value => value.ToString(),
            null => "",
            _ => node.ToJsonString(),
        };

        static string Word(JsonObject members, string key) => members[key] is JsonValue value ? value.ToString() : "";

        static string Resource(string file)
        {
            using var stream = typeof(NotebookReport).Assembly.GetManifestResourceStream($"ResearchKit.Notebooks.Export.{file}")!;
            using var reader = new StreamReader(stream);
            return reader.ReadToEnd();
        }

        // Text between tags, or an element that is seen without any.
        [GeneratedRegex(@"<(img|svg|hr|math|progress|meter)\b|>\s*[^<\s]|\A\s*[^<\s]", RegexOptions.CultureInvariant)]
        private static partial Regex Visible();

        [GeneratedRegex(@"\x1b(\[[0-9;:?<=>!]*[ -/]*[@-~]|\][^\x07\x1b]{0,1000}(\x07|\x1b\\)|[@-Z\\^_])|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", RegexOptions.CultureInvariant)]
        private static partial Regex Escape();
    }
}

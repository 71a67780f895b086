namespace ResearchKit.Notebooks.Tests.Sessions;

public sealed class FormatterTests(Cells cells) : IClassFixture<Cells>
{
    [Theory]
    [InlineData("1.5", "1.5")]
    [InlineData("true", "True")]
    [InlineData("new[] { 1, 2 }", "[ 1, 2 ]")]
    [InlineData("(1, \"a\")", "( 1, a )")]
    [InlineData("new Dictionary<string, int> { [\"a\"] = 1 }", "[ a: 1 ]")]
    [InlineData("Enumerable.Range(0, 1000).Select(i => i)", "[ 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, ... (more) ]")]
    [InlineData("typeof(List<int>)", "System.Collections.Generic.List<System.Int32>")]
    [InlineData("DayOfWeek.Friday", "Friday")]
    public async Task Plain_text_is_short_and_invariant(string code, string text) => Assert.Equal($"= {text}", await cells.TextAsync(code));

    [Theory]
    [InlineData("1.5", "<div class=\"dni-plaintext\"><pre>1.5</pre></div>")]
    [InlineData("new[] { 1, 2 }", "<div class=\"dni-plaintext\"><pre>[ 1, 2 ]</pre></div>")]
    [InlineData("new Dictionary<string, string> { [\"<a>\"] = \"&\" }", "<table><thead><tr><th><i>key</i></th><th>value</th></tr></thead><tbody><tr><td>&lt;a&gt;</td><td>&amp;</td></tr></tbody></table>")]
    [InlineData("new[] { new { A = \"x\" } }", "<table><thead><tr><th><i>index</i></th><th>A</th></tr></thead><tbody><tr><td><div class=\"dni-plaintext\"><pre>0</pre></div></td><td>x</td></tr></tbody></table>")]
    public async Task Html_is_tables_and_encoded_text(string code, string html) => Assert.Equal(html, await cells.HtmlAsync(code));

    [Fact]
    public async Task Objects_are_trees_and_what_cannot_be_read_says_why()
    {
        var html = await cells.HtmlAsync("class Odd { public int Good => 1; public int Bad => throw new InvalidOperationException(\"no\"); }\nnew Odd()");
        Assert.StartsWith("<details open=\"open\" class=\"dni-treeview\"><summary><span class=\"dni-code-hint\"><code>Odd</code>", html);
        Assert.Contains("InvalidOperationException: no", html);
    }

    [Fact]
    public async Task Objects_that_hold_themselves_and_sequences_without_end_end()
    {
        Assert.InRange((await cells.HtmlAsync("class Ring { public Ring Next { get; set; } public Ring[] All => Enumerable.Repeat(this, 10).ToArray(); }\nvar ring = new Ring(); ring.Next = ring; ring")).Length, 100, 2_000_000);
        Assert.Contains("(more)", await cells.HtmlAsync("IEnumerable<int> Forever() { while (true) yield return 1; }\nForever()"));
    }

    [Fact]
    public async Task Formatters_are_chosen_by_the_nearest_type_and_the_latest()
    {
        await cells.RunAsync("""
            using Microsoft.DotNet.Interactive.Formatting;
            class Base { } class Derived : Base { }
            Formatter.Register<Base>(b => "base", "text/html");
            Formatter.Register<Derived>((d, writer) => writer.Write("<i>derived</i>"), "text/html");
            Formatter.Register(typeof(List<>), (list, writer) => writer.Write("open list"), "text/html");
            """);
        Assert.Equal("base", await cells.HtmlAsync("new Base()"));
        Assert.Equal("<i>derived</i>", await cells.HtmlAsync("new Derived()"));
        Assert.Equal("open list", await cells.HtmlAsync("new List<int> { 1 }"));
        await cells.RunAsync("Formatter.Register<Derived>(d => \"latest\", \"text/html\");");
        Assert.Equal("latest", await cells.HtmlAsync("new Derived()"));
        await cells.RunAsync("Formatter.SetPreferredMimeTypesFor(typeof(Derived), \"text/plain\"); Formatter.Register<Derived>(d => \"plain\");");
        Assert.Equal("= plain", await cells.TextAsync("new Derived()"));
        Assert.Equal("= [ 1 ]", await cells.TextAsync("Formatter.ResetToDefault(); new List<int> { 1 }"));
    }

    [Fact]
    public async Task Types_bring_formatters_by_an_attribute_of_which_only_the_name_counts()
    {
        await cells.RunAsync("""
            class TypeFormatterSourceAttribute : Attribute
            {
                public TypeFormatterSourceAttribute(Type source) => FormatterSourceType = source;
                public Type FormatterSourceType { get; }
                public string[] PreferredMimeTypes { get; set; }
            }
            public class Source { public IEnumerable<object> CreateTypeFormatters() { yield return new Form(); } }
            public class Form { public string MimeType => "text/html"; public bool Format(object o, System.IO.TextWriter w) { w.Write("by convention"); return true; } }
            [TypeFormatterSource(typeof(Source), PreferredMimeTypes = new[] { "text/html" })]
            public class Shown { }
            """);
        Assert.Equal("by convention", await cells.HtmlAsync("new Shown()"));
    }

    [Fact]
    public async Task Pocket_views_are_built_by_calling_them()
    {
        Assert.Equal(
            "<div style=\"color:red\" class=\"x\"><b>a &lt; b</b>1<br></div>",
            await cells.HtmlAsync("using static Microsoft.DotNet.Interactive.Formatting.PocketViewTags;\ndiv[style: \"color:red\"].x(b(\"a < b\"), 1, br)"));
        Assert.Equal("<i>as it is</i>", await cells.HtmlAsync("HTML(\"<i>as it is</i>\")"));
    }

    [Fact]
    public async Task Displays_take_mime_types()
    {
        Assert.Equal("<b>1</b>", await cells.HtmlAsync("\"<b>1</b>\".DisplayAs(\"text/html\");"));
        Assert.Equal("a", await cells.TextAsync("\"a\".Display();"));
        Assert.Contains("<th>A</th>", await cells.HtmlAsync("new[] { new { A = 1 } }.DisplayTable();"));
        var (_, events) = await cells.RunAsync("new Microsoft.DotNet.Interactive.Formatting.FormattedValue(\"application/json\", \"{\\\"a\\\":1}\")");
        Assert.Equal(1, (int)((ResearchKit.Notebooks.Sessions.ResultEvent)events[0]).Data["application/json"]!["a"]!);
    }
}

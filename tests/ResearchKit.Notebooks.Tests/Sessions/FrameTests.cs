namespace ResearchKit.Notebooks.Tests.Sessions;

/// <summary>Deedle frames in cells: shown, and shared with SQL.</summary>
public sealed class FrameTests(Cells cells) : IClassFixture<Cells>
{
    const string Deedle = "#r \"nuget: Deedle, 3.0.0\"\nusing Deedle;\n";

    [Fact]
    public async Task A_frame_is_shown_as_a_table_of_encoded_text()
    {
        await cells.RunAsync(Deedle);
        var html = await cells.HtmlAsync("Frame.FromRecords(new[] { new { Name = \"a<b\", Size = 1.5 }, new { Name = \"c\", Size = double.NaN } })");
        Assert.StartsWith("<table class=\"dataframe\"><thead><tr><th></th><th>Name</th><th>Size</th></tr>", html);
        Assert.Contains("<td>a&lt;b</td><td style=\"text-align:right\">1.5</td>", html);
        Assert.EndsWith("<p>2 rows x 2 columns</p><p>1 missing values</p>", html);
        Assert.Contains("<th>...</th>", await cells.HtmlAsync("Enumerable.Range(0, 31).ToOrdinalSeries()"));
    }

    [Fact]
    public async Task A_frame_shared_with_sql_is_a_table_and_missing_values_are_null()
    {
        await cells.RunAsync(Deedle + """
            var numbered = Frame.FromRecords(new[] { new { A = 1, B = "x" }, new { A = 2, B = (string)null } });
            var named = numbered.IndexRowsWith(new[] { "p", "q" });
            var twice = Frame.FromRecords(new[] { new { A = 1, a = 2 } });
            """);
        Assert.Equal("= A  B\n2  <null>", await cells.TextAsync("#!share numbered --from csharp\nSELECT * FROM numbered WHERE B IS NULL", "sql"));
        Assert.Equal("= Key  A\nq    2", await cells.TextAsync("#!share named --from csharp\nSELECT Key, A FROM named ORDER BY A DESC LIMIT 1", "sql"));
        Assert.Contains("2 columns of the name 'A'", (await cells.ErrorAsync("#!share twice --from csharp\nSELECT 1", "sql")).Value);
    }
}

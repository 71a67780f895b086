using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ResearchKit.Experiments;

namespace ResearchKit.Reports.Tests;

public class HtmlReportTests
{
    static readonly Recipe Recipe = new Fixture.MadeUpRecipe();

    [Fact]
    public void The_same_records_give_the_same_bytes_in_whatever_order_they_come()
    {
        var records = Fixture.Records(3);
        Assert.Equal(HtmlReport.Render(records, Recipe), HtmlReport.Render([records[2], records[0], records[1]], Recipe));
    }

    [Fact]
    public void A_report_with_plotly_stays_under_three_megabytes_and_allows_just_its_own_scripts()
    {
        var html = HtmlReport.Render(Fixture.Records(3), Recipe, Browser.PlotlyJs);
        Assert.InRange(Encoding.UTF8.GetByteCount(html), 1_500_000, 3_000_000);
        var scripts = Regex.Matches(html, "<script>(.*?)</script>", RegexOptions.Singleline).Select(script => script.Groups[1].Value);
        var hashes = scripts.Select(script => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)))}'");
        var policy = Regex.Match(html, "Content-Security-Policy\" content=\"([^\"]*)\"").Groups[1].Value;
        // The policy is an encoded attribute.
        var allowed = System.Net.WebUtility.HtmlDecode(policy).Split("script-src ")[1].Split(' ');
        Assert.Equal(hashes, allowed);
        Assert.Equal(2, allowed.Length);
    }

    [Fact]
    public void Verdicts_are_those_of_the_judgement()
    {
        var records = Fixture.Records(3);
        var html = HtmlReport.Render(records, Recipe);
        foreach (var claim in Recipe.Claims)
        {
            List<double> values = [.. records.SelectMany(r => r.Claims).Where(c => c.Claim == claim.Id && c.Value is not null).Select(c => c.Value!.Value)];
            var row = html[html.IndexOf(claim.Statement, StringComparison.Ordinal)..];
            row = row[..row.IndexOf("</tr>", StringComparison.Ordinal)];
            Assert.Contains($" {Judgement.Of(claim, values, Scale.Quick, synthetic: false).Verdict.Words()}</span>", row, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_claim_that_the_recipe_did_not_test_gives_the_recipes_reason() =>
        Assert.Contains("AlexNet is not trained at this scale", HtmlReport.Render(Fixture.Records(1), Recipe), StringComparison.Ordinal);

    [Fact]
    public void Seeds_that_ran_under_different_conditions_are_marked()
    {
        var records = Fixture.Records(2);
        var other = new Dictionary<string, string>(records[1].Environment) { ["threads"] = "1" };
        Assert.DoesNotContain("They differ in", HtmlReport.Render(records, Recipe), StringComparison.Ordinal);
        Assert.Contains(
            "They differ in: threads.", HtmlReport.Render([records[0], records[1] with { Environment = other }], Recipe), StringComparison.Ordinal);
        other = new(records[1].Environment) { ["load-at-start"] = "3.5" };
        Assert.DoesNotContain("They differ in", HtmlReport.Render([records[0], records[1] with { Environment = other }], Recipe), StringComparison.Ordinal);
    }

    [Fact]
    public void Drawn_data_is_marked_and_sets_no_verdict_on_trained_claims()
    {
        var record = Fixture.Record(0);
        var html = HtmlReport.Render([record with { Data = [record.Data[0] with { Synthetic = true }] }], Recipe);
        Assert.Contains("These runs used drawn data", html, StringComparison.Ordinal);
        Assert.Contains("the data was drawn, not real", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_without_its_recipe_shows_numbers_and_says_why_there_are_no_verdicts()
    {
        var html = HtmlReport.Render(Fixture.Records(1), null);
        Assert.Contains("does not know the recipe", html, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"badge", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Records_that_do_not_belong_together_are_refused()
    {
        var record = Fixture.Record(0);
        Assert.Throws<ArgumentException>(() => HtmlReport.Render([], Recipe));
        Assert.Contains("one recipe", Refusal(record with { Recipe = "other", Seed = 1 }), StringComparison.Ordinal);
        Assert.Contains("one scale", Refusal(record with { Scale = Scale.Full, Seed = 1 }), StringComparison.Ordinal);
        Assert.Contains("parameters", Refusal(record with { Parameters = new JsonObject { ["Bits"] = 4 }, Seed = 1 }), StringComparison.Ordinal);
        Assert.Contains("Seed 0", Refusal(record with { Id = "another" }), StringComparison.Ordinal);

        string Refusal(RunRecord other) => Assert.Throws<ArgumentException>(() => HtmlReport.Render([record, other], Recipe)).Message;
    }

    [Theory]
    [InlineData("a\rb")]
    [InlineData("x = '</SCRIPT>'")]
    [InlineData("<!-- x")]
    public void A_script_that_would_not_survive_in_html_is_refused_and_nothing_is_written(string script)
    {
        var folder = Directory.CreateTempSubdirectory("researchkit-report");
        var plotly = Path.Combine(folder.FullName, "plotly.js");
        var report = Path.Combine(folder.FullName, "report.html");
        File.WriteAllText(plotly, script);
        var error = Assert.Throws<InvalidDataException>(() => HtmlReport.Write([Fixture.Record(0)], Recipe, report, plotly));
        Assert.Contains(plotly, error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(report));
        folder.Delete(recursive: true);
    }

    [Fact]
    public void Writing_makes_the_folder_and_replaces_an_older_report()
    {
        var folder = Directory.CreateTempSubdirectory("researchkit-report");
        var path = Path.Combine(folder.FullName, "new", "report.html");
        HtmlReport.Write(Fixture.Records(1), Recipe, path);
        HtmlReport.Write(Fixture.Records(2), Recipe, path);
        Assert.Equal(HtmlReport.Render(Fixture.Records(2), Recipe), File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(path)!));
        folder.Delete(recursive: true);
    }
}

using ResearchKit.Data;

namespace ResearchKit.Tests.Data;

public class CatalogTests
{
    [Fact]
    public void Lists_each_data_set_with_terms_checksums_and_sources_in_order()
    {
        Assert.Equal(["mnist", "cifar10", "cifar100", "digits", "orl", "imagenette", "imagenette-subset", "squeezenet-deep-compression", "plotly.js"], Catalog.Default.Entries.Select(e => e.Name));
        Assert.All(Catalog.Default.Entries, entry =>
        {
            Assert.All([entry.Title, entry.Description, entry.Terms, entry.Credit, entry.Homepage], Assert.NotEmpty);
            Assert.Equal("folder", entry.Sources[0].Kind);
            Assert.All(entry.Files, f => Assert.Equal(64, f.Sha256!.Length));
            Assert.All(entry.Sources.Where(s => s.Kind == "npm"), s => Assert.StartsWith("sha512-", s.Artifacts[0].Integrity));
        });
        Assert.Equal(6, Catalog.Default.Entry("cifar10").Files.Count(f => f.Sha1 is { Length: 40 }));
        Assert.Equal(4, Catalog.Default.Entry("mnist").Files.Count(f => f.Md5 is { Length: 32 }));
    }

    [Theory]
    [InlineData("""{"schema": 2, "entries": []}""", "schema 2")]
    [InlineData("""{"schema": 1}""", "entries")]
    [InlineData("""{"schema": 1, "entries": [], "extra": 1}""", "extra")]
    [InlineData("""{"schema": 1, "entries": [""", "not a catalog")]
    [InlineData("null", "schema")]
    [InlineData("""{"schema": 1, "entries": [null]}""", "$.entries[0]")]
    public void What_is_not_a_catalog_is_refused_with_place_and_reason(string json, string reason)
    {
        var error = Assert.Throws<InvalidDataException>(() => Catalog.Parse(json, "here.json"));
        Assert.StartsWith("here.json: ", error.Message);
        Assert.Contains(reason, error.Message);
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("/x")]
    [InlineData("a/b")]
    [InlineData("a\\\\b")]
    [InlineData("..")]
    [InlineData(".landing")]
    [InlineData("")]
    public void A_name_that_leads_out_of_the_cache_is_refused(string name) => Assert.Throws<InvalidDataException>(() => Catalog.Parse($$"""
        {"schema": 1, "entries": [{"name": "{{name}}", "kind": "asset", "title": "", "description": "", "terms": "", "credit": "",
        "homepage": "", "files": [], "sources": []}]}
        """, "here.json"));
}

using System.Text;
using System.Text.Json;
using ResearchKit.Data;
using ResearchKit.Experiments;
using ResearchKit.Tests.Contract.Samples;

namespace ResearchKit.Tests.Fuzzing.Targets;

static class JsonWords
{
    public static IReadOnlyList<byte[]> All { get; } = [.. new[]
        {
            "{", "}", "[", "]", ",", ":", "\"", "null", "true", "\\ud800", "\"a\":", new string('[', 72), "\"NaN\"", "\"schema\": 1,", "1e400", "\xEF\xBB\xBF",
        }.Select(Encoding.Latin1.GetBytes)];
}

sealed class RunRecordTarget : FuzzTarget
{
    public override Type Covers => typeof(RunRecordFile);

    public override IEnumerable<byte[]> Files() => new RunRecordSample().Files();

    public override IReadOnlyList<byte[]> Words => JsonWords.All;

    public override void Decode(byte[] bytes) => RunRecordFile.Parse(bytes, "runs/x/record.json");
}

sealed class CatalogTarget : FuzzTarget
{
    public override Type Covers => typeof(Catalog);

    public override IEnumerable<byte[]> Files() => Catalog.Default.Entries.Where(e => e.Name is "digits" or "plotly.js")
        .Select(e => JsonSerializer.SerializeToUtf8Bytes(new Catalog(1, [e]), JsonSerializerOptions.Web));

    public override IReadOnlyList<byte[]> Words => JsonWords.All;

    // A catalog that is taken names files only that stay in their folder.
    public override void Decode(byte[] bytes)
    {
        foreach (var entry in Catalog.Parse(Encoding.UTF8.GetString(bytes), "x").Entries)
        {
            Assert.All(entry.Files.Select(f => f.Name).Append(entry.Name),
                name => Assert.Equal(Path.Combine("/cache", name), Path.GetFullPath(name, "/cache")));
        }
    }
}

sealed class DigitsTarget : FuzzTarget
{
    public override Type Covers => typeof(Digits);

    public override IEnumerable<byte[]> Files() =>
        [Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 3).Select(Row)))];

    public override IReadOnlyList<byte[]> Words => [.. new[] { ",", "\n", "\r\n", " ", "+1" }.Select(Encoding.ASCII.GetBytes)];

    public override void Decode(byte[] bytes)
    {
        var set = Digits.Parse(Encoding.UTF8.GetString(bytes), "x", "here");
        Assert.Equal(64 * set.Count, set.Pixels.Length);
    }

    static string Row(int label) => string.Join(',', Enumerable.Range(0, 64).Select(i => (i + label) % 17)) + $",{label}\n";
}

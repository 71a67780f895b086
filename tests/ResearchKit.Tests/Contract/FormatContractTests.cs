namespace ResearchKit.Tests.Contract;

/// <summary>What every format goes through, by having a reader.</summary>
public class FormatContractTests
{
    static readonly FormatSample[] s_samples = [.. Existing.All<FormatSample>(typeof(FormatSample).Assembly)];

    public static IEnumerable<TheoryDataRow<string>> Readers => Existing.Formats(Existing.Library).Select(t => new TheoryDataRow<string>(t.FullName!));

    public static IEnumerable<TheoryDataRow<string>> Samples => s_samples.Select(s => new TheoryDataRow<string>(s.GetType().FullName!));

    [Theory]
    [MemberData(nameof(Readers))]
    public void It_has_a_sample(string reader) => Assert.True(s_samples.Any(s => s.Covers.FullName == reader),
        $"{reader} reads files, and so needs valid ones to be checked with: a class in tests/ResearchKit.Tests that derives from FormatSample. Examples: Contract/Samples.");

    [Theory]
    [MemberData(nameof(Samples))]
    public void Read_and_written_it_has_the_same_bytes_and_the_length_that_its_description_gives(string sample) => FileFormats.CheckWriting(Find(sample));

    [Theory]
    [MemberData(nameof(Samples))]
    public void Damage_is_met_with_a_clear_error(string sample) => FileFormats.CheckDamage(Find(sample));

    static FormatSample Find(string name) => s_samples.Single(s => s.GetType().FullName == name);
}

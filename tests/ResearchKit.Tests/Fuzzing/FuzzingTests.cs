namespace ResearchKit.Tests.Fuzzing;

/// <summary>
/// Every decoder with 20,000 damaged files; RESEARCHKIT_FUZZ_CASES, RESEARCHKIT_FUZZ_SEED and RESEARCHKIT_FUZZ_TARGET choose another number,
/// seed or a single decoder: see tests/FUZZING.md.
/// </summary>
[Collection(nameof(GlobalGenerator))]
public class FuzzingTests(ITestOutputHelper output)
{
    const int Seed = 20261124;

    public static IEnumerable<TheoryDataRow<string>> Targets => FuzzTarget.All.Select(t => t.Name)
        .Where(name => (Environment.GetEnvironmentVariable("RESEARCHKIT_FUZZ_TARGET") ?? name) == name).Select(name => new TheoryDataRow<string>(name));

    static long Cases => long.TryParse(Environment.GetEnvironmentVariable("RESEARCHKIT_FUZZ_CASES"), out var cases) ? cases : 20_000;

    static int FirstSeed => int.TryParse(Environment.GetEnvironmentVariable("RESEARCHKIT_FUZZ_SEED"), out var seed) ? seed : Seed;

    [Theory]
    [MemberData(nameof(Targets))]
    public void Damaged_files_do_no_harm(string target)
    {
        var result = Fuzzer.Run(FuzzTarget.All.Single(t => t.Name == target).Target, Cases, FirstSeed);
        output.WriteLine($"| {target} | {result.Accepted + result.Refused:#,##0} | {result.Accepted:#,##0} | {result.Refused:#,##0} | "
            + $"{1000 * result.SlowestSeconds:0.0} | {result.LargestAllocation / 1024.0:#,##0} | {result.Seconds:0} |");
        // That some are refused shows that mutations bite; relative indices cannot be wrong.
        if (target != "RelativeIndexSample")
            Assert.InRange(result.Refused, Cases / 50, Cases);
    }

    [Fact]
    public void Every_decoder_is_among_the_targets()
    {
        string[] decoders =
        [
            "Archive", "Catalog", "Checkpoint", "CompressedModelFile", "DeepCompressionFile", "Digits", "HuffmanCode", "HuffmanStream", "Idx", "Jpeg", "OnnxFile", "Pgm",
            "Png", "PyTorchFile", "RelativeIndex", "RunRecordFile", "SafeTensors", "TorchSharpFile",
        ];
        Assert.Empty(decoders.Except(FuzzTarget.All.Select(t => t.Target.Covers.Name)));
    }
}

using System.Text.RegularExpressions;
using ResearchKit.Experiments;

namespace ResearchKit.Cli.Tests;

public sealed partial class NewPaperTests : IDisposable
{
    readonly Kit _kit = new();

    public NewPaperTests() => Directory.CreateDirectory(Papers);

    string Papers => Path.Combine(_kit.Folder, "src", "ResearchKit", "Papers");

    public void Dispose() => _kit.Dispose();

    [Fact]
    public void It_writes_the_paper_that_the_contract_tests_compile_and_judge()
    {
        var (code, output, error) = _kit.Run("new-paper", "example-paper", "--into", _kit.Folder);
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("docs/adding-a-paper.md", output);
        var example = Path.Combine(Repository.Folder!, "tests", "ResearchKit.Tests", "Contract", "ExamplePaper");
        var written = Path.Combine(Papers, "ExamplePaper");
        Assert.Equal(Names(example), Names(written));
        foreach (var name in Names(example))
            Assert.Equal(File.ReadAllText(Path.Combine(example, name)), File.ReadAllText(Path.Combine(written, name)));

        var tests = File.ReadAllText(Path.Combine(_kit.Folder, "tests", "ResearchKit.Tests", "Papers", "ExamplePaperTests.cs"));
        var named = NamedTest().Match(File.ReadAllText(Path.Combine(written, "README.md"))).Groups[1].Value;
        Assert.Contains($"public void {named}() => Assert.Fail(", tests);
        Assert.Equal(5, Everything().Length);
    }

    [Theory]
    [InlineData("Network", "small letters")]
    [InlineData("2nd-try", "begins with a letter")]
    [InlineData("a--b", "single hyphens")]
    [InlineData("../escape", "cannot be a recipe's name")]
    [InlineData("net_slim", "cannot be a recipe's name")]
    [InlineData("a-name-that-is-longer-than-anybody-wants-to-type", "at most 40")]
    [InlineData("deep-compression", "Deep Compression: Compressing")] // the library's
    [InlineData("toy-net", "Toy nets")] // of another assembly
    [InlineData("shapes", "ResearchKit.Data.Shapes")] // a class that the namespace would hide
    public void A_name_that_is_taken_or_no_name_is_refused(string name, string because)
    {
        var (code, _, error) = _kit.Run("new-paper", name, "--into", _kit.Folder);
        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains(because, error);
        Assert.Empty(Everything());
    }

    [Fact]
    public void What_is_there_stays()
    {
        Directory.CreateDirectory(Path.Combine(Papers, "MyPaper"));
        File.WriteAllText(Path.Combine(Papers, "MyPaper", "Claims.cs"), "mine");
        var (code, _, error) = _kit.Run("new-paper", "my-paper", "--into", _kit.Folder);
        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains(Path.Combine("Papers", "MyPaper"), error);
        Assert.Equal("mine", File.ReadAllText(Assert.Single(Everything())));
    }

    [Fact]
    public void Where_a_file_cannot_be_written_nothing_is()
    {
        File.WriteAllText(Path.Combine(_kit.Folder, "tests"), "a file where the folder should be");
        var (code, _, error) = _kit.Run("new-paper", "my-paper", "--into", _kit.Folder);
        Assert.Equal(ExitCode.Failed, code);
        Assert.Contains("tests", error);
        Assert.Single(Everything());
        Assert.Empty(Directory.EnumerateFileSystemEntries(Papers));
    }

    [Fact]
    public void A_folder_that_is_no_repository_is_refused()
    {
        var (code, _, error) = _kit.Run("new-paper", "my-paper", "--into", Papers);
        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains("--into", error);
    }

    [Fact]
    public void Every_command_on_the_page_exists()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Folder!, "docs", "adding-a-paper.md"));
        var commands = Commands().Matches(page).Select(m => m.Groups[1].Value).Distinct().Except(["test", "setup"]).ToArray();
        Assert.Contains("new-paper", commands);
        Assert.All(commands, command => Assert.Equal((0, ""), (_kit.Run(command, "--help").Code, _kit.Run(command, "--help").Error)));
    }

    static string[] Names(string folder) => [.. Directory.EnumerateFiles(folder).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    string[] Everything() => Directory.GetFiles(_kit.Folder, "*", SearchOption.AllDirectories);

    [GeneratedRegex(@"`(Equation_1\w+)`")]
    private static partial Regex NamedTest();

    [GeneratedRegex(@"\./kit ([a-z-]+)")]
    private static partial Regex Commands();
}

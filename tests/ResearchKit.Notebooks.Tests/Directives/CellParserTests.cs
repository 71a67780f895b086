using ResearchKit.Notebooks.Directives;
using ResearchKit.Notebooks.Sessions;

namespace ResearchKit.Notebooks.Tests.Directives;

public sealed class CellParserTests
{
    [Fact]
    public void Packages_come_first_and_lines_stay_where_they_are()
    {
        var parts = CellParser.Parse("var a = 1;\n#r \"nuget: Some.Package, 1.2.3\"\n#!fsharp\nlet b = 2\n#!time\nb", "csharp");
        Assert.Equal(
            [
                new PackagePart("Some.Package", "1.2.3", false, "csharp", 2),
                new CodePart("var a = 1;\n", "csharp", 1),
                new CodePart("\n\n\nlet b = 2", "fsharp", 4),
            ],
            parts.Where(p => p is not DirectivePart).Take(3));
        Assert.Equal("\n\n\n\n\nb", ((CodePart)parts[^1]).Code);
        Assert.Equal("#!time", Assert.IsType<DirectivePart>(parts[3]).Directive.Name);
    }

    [Theory]
    [InlineData("#r \"nuget:A\"", "A", null)]
    [InlineData("#r \"nuget: A,1.0\"", "A", "1.0")]
    [InlineData("  #r   \"nuget:   A , 1.0-* \"  ", "A", "1.0-*")]
    [InlineData("#r \"nuget: A, *-*\"", "A", "*-*")]
    [InlineData("#r \"nuget: A, *\"", "A", null)]
    [InlineData("#R \"NuGet: A\";", "A", null)]
    public void Packages_are_written_in_many_ways(string line, string name, string? version) =>
        Assert.Equal(new PackagePart(name, version, false, "csharp", 1), Assert.Single(CellParser.Parse(line, "csharp")));

    [Fact]
    public void A_file_reference_is_left_to_the_compiler() =>
        Assert.IsType<CodePart>(Assert.Single(CellParser.Parse("#r \"a.dll\"", "csharp")));

    [Theory]
    [InlineData("#r \"nuget: \"")]
    [InlineData("#r \"nuget: A B\"")]
    [InlineData("#r \"nuget: A, 1.0<x/>\"")]
    public void What_names_no_package_is_refused(string line) =>
        Assert.Contains("(1,1)", Assert.Throws<CellFailure>(() => CellParser.Parse(line, "csharp")).Message);

    [Fact]
    public void An_unknown_command_is_refused_with_the_nearest()
    {
        var error = Assert.Throws<CellFailure>(() => CellParser.Parse("1\n#!shrae x", "csharp"));
        Assert.Contains("(2,1)", error.Message);
        Assert.Contains("Did you mean '#!share'?", error.Message);
        Assert.False(error.Unsupported);
    }

    [Fact]
    public void What_is_known_but_not_supported_says_so() =>
        Assert.True(Assert.Throws<CellFailure>(() => CellParser.Parse("#!connect mssql --kernel-name x", "csharp")).Unsupported);

    [Fact]
    public void Values_of_options_are_words_texts_or_json()
    {
        var directive = Directive.Parse("#!set --name n --value @input:{\"prompt\": \"How many?\", \"saveAs\": \"n\"}", 1);
        Assert.Equal("@input:{\"prompt\": \"How many?\", \"saveAs\": \"n\"}", directive.Option("--value"));
        Assert.Equal("two words", Directive.Parse("#!set --name n --value \"two words\"", 1).Option("--value"));
        Assert.Equal("@input:\"a b\"", Directive.Parse("#!set --value @input:\"a b\" --name n", 1).Option("--value"));
        Assert.Equal("-5", Directive.Parse("#!set -5", 1).Values[0]);
        Assert.Throws<CellFailure>(() => Directive.Parse("#!set --value \"open", 1));
    }

    [Fact]
    public void The_body_of_a_value_cell_is_its_value()
    {
        var part = Assert.IsType<DirectivePart>(Assert.Single(CellParser.Parse("#!value --name t\nline \"1\"\n#!csharp in text\\", "csharp")));
        Assert.Equal("line \"1\"\n#!csharp in text\\", part.Directive.Option("--from-value"));
    }
}

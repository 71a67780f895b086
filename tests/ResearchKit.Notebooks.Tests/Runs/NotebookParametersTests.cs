using ResearchKit.Experiments;
using ResearchKit.Notebooks.Files;
using ResearchKit.Notebooks.Runs;

namespace ResearchKit.Notebooks.Tests.Runs;

public sealed class NotebookParametersTests
{
    const string CSharp = """
        var lr = 0.1; // the step
        int epochs = 3;
        var name = "a";
        bool fast = false;
        double[] rates = { 0.1 };
        var sizes = new[] { 1, 2 };
        var tags = new List<string> { "x" };
        long big = 1;
        float f = 0.5f;
        string? none = null;
        var odd = DateTime.Now;
        """;

    const string FSharp = """
        let lr = 0.1 // the step
        let epochs = 3
        let name = "a"
        let rates = [ 0.1; 0.2 ]
        let sizes = [| 1; 2 |]
        let fast : bool = false
        let big = 1L
        """;

    static Notebook With(string source, string kernel)
    {
        var notebook = new Notebook(kernel);
        notebook.Cells.Add(NotebookCell.Create(CellKind.Code, source, kernel));
        notebook.Cells[0].Tags = ["parameters"];
        notebook.Cells.Add(NotebookCell.Create(CellKind.Code, "lr", kernel));
        return notebook;
    }

    static string Injected(string source, string kernel, params (string, object?)[] values)
    {
        var notebook = With(source, kernel);
        new NotebookParameters(notebook).Apply(values.ToDictionary(v => v.Item1, v => v.Item2));
        Assert.Equal(3, notebook.Cells.Count);
        Assert.Equal(["injected-parameters"], notebook.Cells[1].Tags);
        return notebook.Cells[1].Source;
    }

    [Theory]
    [InlineData("lr", "1e-3", "double lr = 0.001;")]
    [InlineData("lr", "1", "double lr = 1.0;")]
    [InlineData("epochs", "-4", "int epochs = -4;")]
    [InlineData("name", "it's \"b\"\\", "string name = \"it's \\\"b\\\"\\\\\";")]
    [InlineData("fast", "True", "bool fast = true;")]
    [InlineData("rates", "1,2.5", "double[] rates = new double[] { 1.0, 2.5 };")]
    [InlineData("sizes", "[3]", "int[] sizes = new int[] { 3 };")]
    [InlineData("tags", "a,b", "List<string> tags = new List<string> { \"a\", \"b\" };")]
    [InlineData("big", "5000000000", "long big = 5000000000L;")]
    [InlineData("f", "0.25", "float f = 0.25f;")]
    [InlineData("none", "x", "string? none = \"x\";")]
    public void CSharp_values_take_the_declared_type(string name, string value, string line) =>
        Assert.Equal($"// Parameters\n{line}", Injected(CSharp, "csharp", (name, value)));

    [Theory]
    [InlineData("lr", "1", "let lr = 1.0")]
    [InlineData("epochs", "4", "let epochs = 4")]
    [InlineData("name", "b\"", "let name = \"b\\\"\"")]
    [InlineData("rates", "1,2", "let rates = [ 1.0; 2.0 ]")]
    [InlineData("sizes", "7", "let sizes = [| 7 |]")]
    [InlineData("fast", "true", "let fast = true")]
    [InlineData("big", "7", "let big = 7L")]
    public void FSharp_values_take_the_declared_type(string name, string value, string line) =>
        Assert.Equal($"// Parameters\n{line}", Injected(FSharp, "fsharp", (name, value)));

    [Theory]
    [InlineData("epochs", "2.5", "a whole number")]
    [InlineData("epochs", "5000000000", "a whole number")]
    [InlineData("fast", "maybe", "true or false")]
    [InlineData("rates", "1,x", "a list")]
    [InlineData("lr", "fast", "a number")]
    [InlineData("odd", "1", "var")]
    [InlineData("leraning", "1", "There is no parameter 'leraning'")]
    [InlineData("epoch", "1", "Did you mean 'epochs'?")]
    public void Wrong_values_and_names_are_refused_before_anything_is_changed(string name, string value, string words)
    {
        var notebook = With(CSharp, "csharp");
        var error = Assert.Throws<UsageException>(() => new NotebookParameters(notebook).Apply(new Dictionary<string, object?> { [name] = value, ["lr2"] = "1" }));
        Assert.Contains(words, error.Message);
        Assert.Contains("lr2", error.Message);
        Assert.Equal(2, notebook.Cells.Count);
    }

    [Fact]
    public void A_second_injection_replaces_the_first()
    {
        var notebook = With(CSharp, "csharp");
        new NotebookParameters(notebook).Apply(new Dictionary<string, object?> { ["epochs"] = "4" });
        new NotebookParameters(notebook).Apply(new Dictionary<string, object?> { ["epochs"] = "5" });
        Assert.Equal("// Parameters\nint epochs = 5;", Assert.Single(notebook.Cells, c => c.Tags.Contains("injected-parameters")).Source);
        Assert.Equal(5, (int)notebook.Metadata["papermill"]!["parameters"]!["epochs"]!);
    }

    [Fact]
    public void Questions_of_magic_commands_need_an_answer()
    {
        var notebook = With("#!set --name n --value @input:\"How many?\"\n#!set --name secret --value @password", "csharp");
        var error = Assert.Throws<UsageException>(() => new NotebookParameters(notebook).Apply(new Dictionary<string, object?>()));
        Assert.Contains("How many?", error.Message);
        Assert.Contains("secret", error.Message);
        var answers = new NotebookParameters(notebook).Apply(new Dictionary<string, object?> { ["How many?"] = "3", ["secret"] = "s" });
        Assert.Equal(["3", "s"], answers.Values);
    }

    [Fact]
    public void A_file_of_parameters_is_yaml()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "lr: 0.01\nepochs: 7\nfast: true\nname: '12'\nrates: [1, 2.5]\nnone: null\n");
            var notebook = With(CSharp, "csharp");
            new NotebookParameters(notebook).Apply(ParameterFile.Read(file));
            Assert.Equal("// Parameters\ndouble lr = 0.01;\nint epochs = 7;\nbool fast = true;\nstring name = \"12\";\ndouble[] rates = new double[] { 1.0, 2.5 };\nstring? none = null;", notebook.Cells[1].Source);
            File.WriteAllText(file, "a: [1\nb: 2");
            Assert.Contains("is not YAML", Assert.Throws<UsageException>(() => ParameterFile.Read(file)).Message);
            File.WriteAllText(file, "a: {b: 1}");
            Assert.Contains("line 1", Assert.Throws<UsageException>(() => ParameterFile.Read(file)).Message);
        }
        finally
        {
            File.Delete(file);
        }
    }
}

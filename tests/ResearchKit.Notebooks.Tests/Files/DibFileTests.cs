using System.Text;
using ResearchKit.Notebooks.Files;

namespace ResearchKit.Notebooks.Tests.Files;

public sealed class DibFileTests
{
    static Notebook Read(string text) => DibFile.Read("a.dib", Encoding.UTF8.GetBytes(text));

    static string Write(Notebook notebook) => Encoding.UTF8.GetString(DibFile.Write(notebook));

    [Fact]
    public void Selectors_begin_cells_and_magic_commands_stay_in_them()
    {
        var notebook = Read("""
            var first = 1;

            #!markdown

            # Title

            #!fsharp
            #!time
            let x = 1

            #!csharp

            #!f#
            #!share y --from csharp
            y
            #!mermaid --display-width 600
            graph
            """.ReplaceLineEndings("\r\n"));
        Assert.Equal(
            [
                (CellKind.Code, "csharp", "var first = 1;"), (CellKind.Markdown, "markdown", "# Title"),
                (CellKind.Code, "fsharp", "#!time\nlet x = 1"), (CellKind.Code, "fsharp", "#!share y --from csharp\ny\n#!mermaid --display-width 600\ngraph"),
            ],
            notebook.Cells.Select(c => (c.Kind, c.Kernel, c.Source)));
    }

    [Fact]
    public void The_meta_block_names_the_default_kernel_and_more_kernels()
    {
        var notebook = Read("""
            #!meta

            {"kernelInfo":{"defaultKernelName":"fsharp","items":[{"name":"fsharp"},{"name":"mine","aliases":["my"]}]},"extra":{"kept":1}}

            #!fsharp
            let x = 1

            #!my
            odd
            """);
        Assert.Equal("fsharp", notebook.DefaultKernel);
        Assert.Equal(["fsharp", "mine"], notebook.Cells.Select(c => c.Kernel));
        Assert.Contains("\"extra\":{\"kept\":1}", Write(notebook));
    }

    [Fact]
    public void Cells_and_tags_survive_writing()
    {
        var notebook = new Notebook();
        notebook.Cells.AddRange([NotebookCell.Create(CellKind.Markdown, "# A"), NotebookCell.Create(CellKind.Code, "var x = 1;"), NotebookCell.Create(CellKind.Code, "let y = 2", "fsharp")]);
        notebook.Cells[1].Tags = ["parameters"];
        var text = Write(notebook);
        var again = Read(text);
        Assert.Equal(notebook.Cells.Select(c => (c.Kind, c.Kernel, c.Source)), again.Cells.Select(c => (c.Kind, c.Kernel, c.Source)));
        Assert.Equal(["parameters"], again.Cells[1].Tags);
        Assert.Equal(text, Write(again));
    }

    [Theory]
    [InlineData("#!meta\n{\"a\":\n\n#!csharp\n1", "line")]
    [InlineData("#!meta\n[1]\n#!csharp\n1", "not a JSON object")]
    [InlineData("a\0b", "zero bytes")]
    public void A_damaged_file_is_named_with_the_place(string text, string place)
    {
        var error = Assert.Throws<InvalidDataException>(() => Read(text));
        Assert.Contains("a.dib", error.Message);
        Assert.Contains(place, error.Message);
    }

    [Fact]
    public void An_empty_file_is_a_notebook_without_cells() => Assert.Empty(Read("").Cells);
}

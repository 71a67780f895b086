using System.Text;
using System.Text.Json.Nodes;
using ResearchKit.Notebooks.Files;

namespace ResearchKit.Notebooks.Tests.Files;

public sealed class IpynbFileTests
{
    // Unknown keys at every level, numbers and escapes that no writer would choose, and an emoji.
    const string Strange = """
        {
         "cells": [
          {
           "cell_type": "code", "execution_count": 1.0e0,
           "future_key": {"a": [1, 2.50, -0], "emoji": "😀", "escaped": "\u00e9\/"},
           "metadata": {"vscode": {"languageId": "polyglot-notebook"}, "tags": ["parameters"]},
           "outputs": [{"output_type": "stream", "name": "stdout", "text": ["1\n"]}],
           "source": ["var x = 1;\n", "x"]
          },
          {
           "cell_type": "markdown",
           "attachments": {"a.png": {"image/png": "AAAA"}},
           "metadata": {},
           "source": "# Title"
          }
         ],
         "metadata": {"kernelspec": {"name": ".net-csharp", "display_name": ".NET (C#)", "language": "C#"}, "custom": 1e400},
         "nbformat": 4,
         "nbformat_minor": 2,
         "unknown": {"kept":   true}
        }
        """;

    static Notebook Read(string text) => IpynbFile.Read("a.ipynb", Encoding.UTF8.GetBytes(text));

    static string Write(Notebook notebook) => Encoding.UTF8.GetString(IpynbFile.Write(notebook));

    [Fact]
    public void An_unchanged_notebook_is_written_byte_for_byte()
    {
        foreach (var text in new[] { Strange, Strange + "\n", Strange.Replace("\n", "\r\n", StringComparison.Ordinal), JsonNode.Parse(Strange.Replace("1e400", "1", StringComparison.Ordinal))!.ToJsonString() })
            Assert.Equal(text, Write(Read(text)));
    }

    [Fact]
    public void A_changed_notebook_keeps_what_was_not_changed()
    {
        var notebook = Read(Strange);
        notebook.Cells[0].Outputs = [];
        notebook.Cells.Insert(1, NotebookCell.Create(CellKind.Code, "x + 1"));
        var text = Write(notebook);
        foreach (var kept in new[]
        {
            "\"future_key\": {\"a\": [1, 2.50, -0], \"emoji\": \"😀\", \"escaped\": \"\\u00e9\\/\"}", "\"custom\": 1e400", "{\"kept\":   true}",
            "{\"a.png\": {\"image/png\": \"AAAA\"}}", "\"execution_count\": 1.0e0", "\"source\": [\"var x = 1;\\n\", \"x\"]",
        })
            Assert.Contains(kept, text);
        Assert.Contains("\"outputs\": []", text);
        Assert.DoesNotContain("\"id\"", text);
        var again = Read(text);
        Assert.Equal(["var x = 1;\nx", "x + 1", "# Title"], again.Cells.Select(c => c.Source));
        Assert.Equal(text, Write(again));
    }

    [Fact]
    public void Setting_an_equal_value_is_no_change()
    {
        var notebook = Read(Strange.Replace("1e400", "1", StringComparison.Ordinal));
        notebook.Metadata = notebook.Metadata;
        notebook.Cells[0].Source = "var x = 1;\nx";
        notebook.Cells[0].Metadata = notebook.Cells[0].Metadata;
        Assert.Equal(Strange.Replace("1e400", "1", StringComparison.Ordinal), Write(notebook));
    }

    [Fact]
    public void Cells_get_ids_from_format_4_5_on_and_they_are_unique()
    {
        var text = Write(Read(Strange.Replace("\"nbformat_minor\": 2", "\"nbformat_minor\": 5", StringComparison.Ordinal)));
        var cells = Read(text).Cells;
        Assert.All(cells, c => Assert.Matches("^[A-Za-z0-9_-]{1,64}$", c.Id));
        Assert.Equal(cells.Count, cells.Select(c => c.Id).Distinct().Count());
        Assert.Equal(text, Write(Read(text)));
    }

    [Theory]
    [InlineData("""{"kernelspec": {"name": ".net-fsharp"}}""", "fsharp")]
    [InlineData("""{"kernelspec": {"name": ".net-pwsh", "language": "PowerShell"}}""", "pwsh")]
    [InlineData("""{"kernelspec": {"name": "x", "language": "F#"}}""", "fsharp")]
    [InlineData("""{"kernelspec": {"name": "csharp"}}""", "csharp")]
    [InlineData("""{"language_info": {"name": "F#"}}""", "fsharp")]
    [InlineData("""{"kernelInfo": {"defaultKernelName": "fsharp"}, "kernelspec": {"name": ".net-csharp"}}""", "fsharp")]
    [InlineData("""{"polyglot_notebook": {"kernelInfo": {"defaultKernelName": "fsharp"}}}""", "fsharp")]
    [InlineData("""{"polyglot_notebook": {"defaultKernelName": "fsharp"}}""", "fsharp")]
    [InlineData("""{"dotnet_interactive": {"defaultKernelName": "fsharp"}}""", "fsharp")]
    [InlineData("""{"language_info": {"name": "polyglot-notebook"}}""", "csharp")]
    [InlineData("{}", "csharp")]
    public void The_default_kernel_is_found_in_all_spellings(string metadata, string kernel)
    {
        var notebook = Read($$"""{"cells": [], "metadata": {{metadata}}, "nbformat": 4, "nbformat_minor": 4}""");
        Assert.Equal(kernel, notebook.DefaultKernel);
    }

    [Theory]
    [InlineData("""{"polyglot_notebook": {"kernelName": "fsharp"}, "dotnet_interactive": {"language": "csharp"}}""", "1", "fsharp")]
    [InlineData("""{"dotnet_interactive": {"language": "F#"}}""", "1", "fsharp")]
    [InlineData("""{"dotnet_interactive": {"language": "fsharp"}}""", "#!csharp\\n1", "csharp")]
    [InlineData("{}", "#!time\\n#!fsharp", "csharp")]
    [InlineData("""{"polyglot_notebook": {"kernelName": "mermaid"}}""", "graph", "mermaid")]
    public void The_kernel_of_a_cell_is_its_first_line_or_its_metadata(string metadata, string source, string kernel)
    {
        var notebook = Read($$"""{"cells": [{"cell_type": "code", "metadata": {{metadata}}, "source": "{{source}}", "outputs": []}], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}""");
        Assert.Equal(kernel, notebook.Cells[0].Kernel);
    }

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("{\"cells\": [\n{\"cell_type\"", "line 2")]
    [InlineData("[]", "the document is not an object")]
    [InlineData("{\"cells\": []}", "nbformat is missing")]
    [InlineData("{\"cells\": [], \"nbformat\": 3}", "nbformat is 3")]
    [InlineData("{\"nbformat\": 4}", "cells is missing")]
    [InlineData("{\"cells\": {}, \"nbformat\": 4}", "cells is not a list")]
    [InlineData("{\"cells\": [1], \"nbformat\": 4}", "cells[0] is not an object")]
    [InlineData("{\"cells\": [{\"source\": \"\"}], \"nbformat\": 4}", "cells[0].cell_type is missing")]
    [InlineData("{\"cells\": [{\"cell_type\": \"odd\", \"source\": \"\"}], \"nbformat\": 4}", "cells[0].cell_type is 'odd'")]
    [InlineData("{\"cells\": [{\"cell_type\": \"code\", \"source\": [\"a\", 1]}], \"nbformat\": 4}", "cells[0].source[1]")]
    [InlineData("{\"cells\": [{\"cell_type\": \"code\", \"source\": 1}], \"nbformat\": 4}", "cells[0].source")]
    [InlineData("{\"cells\": [{\"cell_type\": \"code\", \"source\": \"\\ud800\"}], \"nbformat\": 4}", "escape that is no character")]
    [InlineData("{\"cells\": [{\"cell_type\": \"code\", \"source\": \"\", \"outputs\": {}}], \"nbformat\": 4}", "cells[0].outputs")]
    [InlineData("{\"cells\": [], \"nbformat\": 4, \"metadata\": []}", "metadata is not an object")]
    public void A_damaged_file_is_named_with_the_place(string text, string place)
    {
        var error = Assert.Throws<InvalidDataException>(() => Read(text));
        Assert.Contains("a.ipynb", error.Message);
        Assert.Contains(place, error.Message);
    }

    [Fact]
    public void Every_cut_of_a_notebook_is_read_or_refused_with_the_name_of_the_file()
    {
        var bytes = Encoding.UTF8.GetBytes(Strange);
        for (var length = 0; length < bytes.Length; length++)
        {
            var error = Assert.Throws<InvalidDataException>(() => IpynbFile.Read("a.ipynb", bytes.AsSpan(0, length)));
            Assert.StartsWith("a.ipynb is not a notebook that can be read: ", error.Message);
        }
    }

    [Fact]
    public void Deep_nesting_and_bytes_that_are_no_text_are_refused()
    {
        Assert.Throws<InvalidDataException>(() => Read(new string('[', 100_000)));
        Assert.Contains("byte 5", Assert.Throws<InvalidDataException>(() => IpynbFile.Read("a.ipynb", [0x7b, 0x22, 0x61, 0x22, 0x3a, 0xff])).Message);
    }

    [Fact]
    public void A_byte_order_mark_is_skipped() =>
        Assert.Equal(2, IpynbFile.Read("a.ipynb", [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Strange)]).Cells.Count);

    [Fact]
    public void Stripping_removes_what_runs_leave_and_nothing_else()
    {
        var notebook = Read(Strange.Replace("1e400", "1", StringComparison.Ordinal));
        var injected = NotebookCell.Create(CellKind.Code, "var x = 2;");
        injected.Tags = ["injected-parameters"];
        notebook.Cells.Insert(1, injected);
        var metadata = notebook.Metadata;
        metadata["papermill"] = new JsonObject { ["duration"] = 1 };
        notebook.Metadata = metadata;
        notebook.Strip();
        Assert.Equal(2, notebook.Cells.Count);
        Assert.Empty(notebook.Cells[0].Outputs);
        Assert.Null(notebook.Cells[0].ExecutionCount);
        Assert.Equal(["parameters"], notebook.Cells[0].Tags);
        Assert.DoesNotContain("papermill", Write(notebook));
        Assert.Contains("languageId", Write(notebook));
    }
}

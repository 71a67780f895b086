using System.Diagnostics;
using System.Text.Json.Nodes;
using ResearchKit.Cli;
using ResearchKit.Experiments;

namespace ResearchKit.Notebooks.Tests.Jupyter;

public sealed class JupyterCommandTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("kernels-").FullName;

    string Kernels => Path.Combine(_folder, "share", "jupyter", "kernels");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    static (int Code, string Output, string Error) Kit(params string[] arguments)
    {
        using StringWriter output = new(), error = new();
        return (KitApp.Run(["jupyter", .. arguments], output, error, plotlyJs: () => null), output.ToString(), error.ToString());
    }

    [Fact]
    public void Kernels_are_registered_under_the_names_that_notebooks_ask_for_and_removed_again()
    {
        Assert.Equal(0, Kit("install", "--prefix", _folder).Code);
        foreach (var (name, language) in new[] { (".net-csharp", "csharp"), (".net-fsharp", "fsharp") })
        {
            var spec = JsonNode.Parse(File.ReadAllText(Path.Combine(Kernels, name, "kernel.json")))!;
            Assert.Equal("message", (string?)spec["interrupt_mode"]);
            Assert.Equal(["jupyter", "run", "--language", language, "{connection_file}"], spec["argv"]!.AsArray().Skip(2).Select(a => (string?)a));
        }
        Assert.Equal(0, Kit("install", "--prefix", _folder).Code);
        Assert.Contains("removed", Kit("uninstall", "--prefix", _folder).Output);
        Assert.Empty(Directory.GetFileSystemEntries(Kernels));
        Assert.Contains("is not in", Kit("uninstall", "--prefix", _folder).Output);
    }

    [Fact]
    public void A_kernel_of_another_program_is_replaced_only_when_that_was_said()
    {
        var other = Path.Combine(Kernels, ".net-fsharp", "kernel.json");
        Directory.CreateDirectory(Path.GetDirectoryName(other)!);
        File.WriteAllText(other, """{"argv": ["other"]}""");
        var (code, _, error) = Kit("install", "--prefix", _folder);
        Assert.Equal(2, code);
        Assert.Contains("another program", error);
        Assert.Contains("--replace", error);
        Assert.Single(Directory.GetDirectories(Kernels));
        Assert.Contains("stays in", Kit("uninstall", "--prefix", _folder).Output);
        Assert.True(File.Exists(other));
        Assert.Equal(0, Kit("install", "--prefix", _folder, "--replace").Code);
        Assert.Contains("researchkit", File.ReadAllText(other));
    }

    [Fact]
    public void What_is_wrong_is_said()
    {
        foreach (var (arguments, exit, words) in new (string[], int, string)[]
        {
            (["run", Path.Combine(_folder, "none.json")], 1, "no connection file"),
            (["run", "c.json", "--language", "cobol"], 2, "cobol"),
            (["install", "--user", "--prefix", _folder], 2, "two places"),
            (["instal"], 2, "Did you mean 'install'?"),
        })
        {
            var (code, _, error) = Kit(arguments);
            Assert.Equal(exit, code);
            Assert.Contains(words, error);
        }
    }

    [Fact]
    public void Jupyters_own_kernel_test_passes_and_nbclient_runs_a_notebook()
    {
        var python = new[] { "python3", "/usr/bin/python3" }.FirstOrDefault(p => Python(p, null, "-c", "import jupyter_kernel_test, nbclient").Code == 0);
        Assert.SkipWhen(python is null, "Python's jupyter_kernel_test and nbclient are not installed: apt-get install python3-jupyter-kernel-test python3-nbclient");
        Assert.Equal(0, Kit("install", "--prefix", _folder).Code);
        var (code, output) = Python(python!, Path.Combine(_folder, "share", "jupyter"), Path.Combine(Repository.Folder!, "tests", "jupyter", "kernel_test.py"));
        Assert.True(code == 0, output);
    }

    [Theory]
    [InlineData("nbclient", "import sys, nbformat, nbclient; n = nbformat.read(sys.argv[1], 4); nbclient.NotebookClient(n, timeout=600).execute(); nbformat.write(n, sys.argv[2])")]
    [InlineData("nbconvert", "import sys, runpy; sys.argv = ['nbconvert', '--execute', '--ExecutePreprocessor.timeout=600', '--to', 'notebook', sys.argv[1], '--output', sys.argv[2]]; runpy.run_module('nbconvert', run_name='__main__')")]
    public void Jupyters_programs_run_one_of_our_notebooks(string program, string code)
    {
        var python = new[] { "python3", "/usr/bin/python3" }.FirstOrDefault(p => Python(p, null, "-c", $"import {program}").Code == 0);
        Assert.SkipWhen(python is null, $"Python's {program} is not installed: apt-get install python3-{program}");
        Assert.Equal(0, Kit("install", "--prefix", _folder).Code);
        var (input, result) = (Path.Combine(_folder, "tour.ipynb"), Path.Combine(_folder, "result.ipynb"));
        File.WriteAllText(input, File.ReadAllText(Path.Combine(Repository.Folder!, "notebooks", "00-tour.ipynb"))
            .Replace("scale = \\\"quick\\\"", "scale = \\\"smoke\\\"", StringComparison.Ordinal));
        var (exit, output) = Python(python!, Path.Combine(_folder, "share", "jupyter"), "-c", code, input, result);
        Assert.True(exit == 0, output);
        var cells = JsonNode.Parse(File.ReadAllText(result))!["cells"]!.AsArray().Where(c => (string?)c!["cell_type"] == "code").ToArray();
        Assert.Equal(Enumerable.Range(1, cells.Length), cells.Select(c => (int)c!["execution_count"]!));
        var outputs = cells.SelectMany(c => c!["outputs"]!.AsArray()).ToArray();
        Assert.DoesNotContain(outputs, o => (string?)o!["output_type"] == "error");
        Assert.Contains(outputs, o => o!["text"]?.ToJsonString().Contains("They are drawn", StringComparison.Ordinal) == true);
        Assert.Equal(2, outputs.Count(o => o!["data"]?["text/html"]?.ToJsonString().Contains("svg", StringComparison.Ordinal) == true));
    }

    static (int Code, string Output) Python(string python, string? jupyter, params string[] arguments)
    {
        var start = new ProcessStartInfo(python, arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        if (jupyter is not null)
            start.Environment["JUPYTER_PATH"] = jupyter;
        try
        {
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output + error.Result);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return (-1, e.Message);
        }
    }
}

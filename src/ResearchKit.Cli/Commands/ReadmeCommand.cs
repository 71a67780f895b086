using System.CommandLine;
using ResearchKit.Experiments;
using ResearchKit.Formats;
using ResearchKit.Reports;

namespace ResearchKit.Cli.Commands;

/// <summary><c>kit readme</c>: writes the results of the committed runs into the READMEs.</summary>
static class ReadmeCommand
{
    public static Command Create(Func<Shell> shell)
    {
        var name = new Argument<string?>("NAME") { Description = "A recipe; all of the library by default.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("readme", "Write the committed results (data/results) into the READMEs of the papers and of the project.") { name };
        command.SetAction(parsed => Run(shell(), parsed.GetValue(name)));
        return command;
    }

    static int Run(Shell shell, string? name)
    {
        if (Repository.Folder is not { } repository)
            throw new UsageException("READMEs are in the repository, and this kit does not run from one.");
        IEnumerable<Recipe> recipes = name is null ? RecipeCatalog.Default.Recipes : [RecipeCatalog.Default.Get(name)];
        RunRecord[] records = [.. RunStore.ReadAll(Repository.Results!).Select(r => r.Record)];
        foreach (var recipe in recipes)
            Write(ReadmeResults.PathOf(recipe, repository), old => ReadmeResults.Update(old, recipe, records));
        if (name is null)
            Write(Path.Combine(repository, "README.md"), old => ReadmeResults.UpdateOverview(old, RecipeCatalog.Default.Recipes, records));
        return ExitCode.Fine;

        void Write(string path, Func<string, string> update)
        {
            var old = File.ReadAllText(path);
            var text = update(old);
            if (text != old)
                AtomicFile.Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));
            shell.Line($"{path}: {(text == old ? "up to date" : "written")}");
        }
    }
}

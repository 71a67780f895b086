using System.CommandLine;
using ResearchKit.Experiments;
using ResearchKit.Formats;
using ResearchKit.Reports;

namespace ResearchKit.Cli.Commands;

/// <summary><c>kit readme</c>: writes the results of the committed runs into the papers' READMEs.</summary>
static class ReadmeCommand
{
    public static Command Create(Func<Shell> shell)
    {
        var name = new Argument<string?>("NAME") { Description = "A recipe; all of the library by default.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("readme", "Write the committed results (data/results) into the papers' README files.") { name };
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
        {
            var path = ReadmeResults.PathOf(recipe, repository);
            var old = File.ReadAllText(path);
            var text = ReadmeResults.Update(old, recipe, records);
            if (text == old)
            {
                shell.Line($"{path}: up to date");
                continue;
            }

            AtomicFile.Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));
            shell.Line($"{path}: written");
        }

        return ExitCode.Fine;
    }
}

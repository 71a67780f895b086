using System.CommandLine;
using System.Text;
using System.Text.RegularExpressions;
using ResearchKit.Experiments;
using ResearchKit.Formats;

namespace ResearchKit.Cli.Commands;

/// <summary><c>kit new-paper NAME</c>: writes the folder of a new paper and the file of its tests.</summary>
static partial class NewPaperCommand
{
    const string Example = "network-slimming";

    public static Command Create(Func<Shell> shell)
    {
        var name = new Argument<string>("NAME") { Description = $"What the recipe will be called: small letters, digits and hyphens, such as {Example}." };
        var into = new Option<DirectoryInfo?>("--into")
        {
            Description = "The repository to write into (default: the one that this kit runs from).",
            HelpName = "DIR",
        };
        var command = new Command("new-paper", "Begin a new paper: a recipe, its claims, its README and its tests, to be filled in.") { name, into };
        command.SetAction(parsed => Run(shell(), parsed.GetValue(name)!, parsed.GetValue(into)?.FullName ?? Repository.Folder));
        return command;
    }

    static int Run(Shell shell, string slug, string? repository)
    {
        if (repository is null || !Directory.Exists(Path.Combine(repository, PaperSkeleton.PapersFolder)))
            throw new UsageException($"There is no {PaperSkeleton.PapersFolder} in {repository ?? "any folder above this kit"}. Name the repository with --into.");
        if (!Slug().IsMatch(slug) || slug.Length > 40)
            throw new UsageException(
                $"'{slug}' cannot be a recipe's name: it has small letters, digits and single hyphens, begins with a letter and has at most 40 of them, such as {Example}.");
        var skeleton = new PaperSkeleton(slug);
        Refuse(shell, skeleton, repository);

        // All or nothing: the folder appears by one rename, and goes again if the tests cannot be written.
        string folder = Path.Combine(repository, skeleton.Folder), partial = folder + ".partial", tests = Path.Combine(repository, skeleton.TestFile);
        try
        {
            Directory.CreateDirectory(partial);
            foreach (var (file, text) in skeleton.Files)
                Write(Path.Combine(partial, file), text);
            Directory.CreateDirectory(Path.GetDirectoryName(tests)!);
            Write(tests, skeleton.Tests);
            Directory.Move(partial, folder);
        }
        catch
        {
            if (Directory.Exists(partial))
                Directory.Delete(partial, recursive: true);
            File.Delete(tests);
            throw;
        }

        foreach (var (file, _) in skeleton.Files)
            shell.Line($"  {Path.Combine(skeleton.Folder, file)}");
        shell.Line($"  {skeleton.TestFile}");
        shell.Line("Nothing else has to be edited. ./kit test shows what is still to be done; docs/adding-a-paper.md goes through it.");
        return ExitCode.Fine;
    }

    static void Refuse(Shell shell, PaperSkeleton skeleton, string repository)
    {
        if (shell.Catalog.Find(skeleton.Slug) is { } recipe)
            throw new UsageException($"There is a recipe '{recipe.Name}' already: {recipe.Paper.Title}. Choose another name.");
        if (typeof(Recipe).Assembly.GetTypes().FirstOrDefault(t => t.Name == skeleton.Name) is { } type)
            throw new UsageException(
                $"The library has a class {type.FullName}, which a paper called {skeleton.Name} would hide. Choose another name, such as {skeleton.Slug}-net.");
        foreach (var path in new[] { skeleton.Folder, skeleton.Folder + ".partial", skeleton.TestFile })
        {
            if (Path.Exists(Path.Combine(repository, path)))
                throw new UsageException($"{path} is there already. Choose another name, or remove it.");
        }
    }

    static void Write(string path, string text) => AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    [GeneratedRegex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
    private static partial Regex Slug();
}

using System.CommandLine;
using System.CommandLine.Parsing;
using System.Reflection;
using ResearchKit.Cli.Commands;
using ResearchKit.Data;
using ResearchKit.Experiments;
using ResearchKit.Notebooks.Workers;

namespace ResearchKit.Cli;

/// <summary>The command line as a function: arguments in, text and exit code out.</summary>
static class KitApp
{
    /// <summary>Runs a command.</summary>
    /// <param name="arguments">What was typed after <c>kit</c>.</param>
    /// <param name="output">Takes the results.</param>
    /// <param name="error">Takes messages on what went wrong.</param>
    /// <param name="terminal">True if someone watches: then progress is drawn in place.</param>
    /// <param name="recipes">Assemblies with recipes besides the library's own.</param>
    /// <param name="plotlyJs">Gives the file of plotly.js for reports; by default it is fetched once and cached.</param>
    /// <param name="cancellation">Cancelled by Ctrl-C.</param>
    public static int Run(
        IReadOnlyList<string> arguments, TextWriter output, TextWriter error, bool terminal = false,
        IEnumerable<Assembly>? recipes = null, Func<string?>? plotlyJs = null, CancellationToken cancellation = default)
    {
        if (Direct(arguments, error, cancellation) is { } code)
            return code;
        var verbose = new Option<bool>("--verbose") { Description = "Show where an error came from.", Recursive = true };
        var more = new Option<FileInfo[]>("--recipes")
        {
            Description = "An assembly (.dll) with recipes of your own; may be given several times.",
            HelpName = "DLL",
            Recursive = true,
        };
        var root = new RootCommand($"Reproducible experiment recipes for papers on compressing convolutional networks.\n\n{ExitCode.Help}")
        {
            verbose,
            more,
        };
        Shell? shell = null;
        Shell TheShell() => shell!;
        root.Add(ListCommand.Create(TheShell));
        root.Add(ShowCommand.Create(TheShell));
        root.Add(ReproduceCommand.Create(TheShell));
        root.Add(RunsCommand.Create(TheShell));
        root.Add(ReportCommand.Create(TheShell));
        root.Add(GalleryCommand.Create(TheShell));
        root.Add(LedgerCommand.Create(TheShell));
        root.Add(SummaryCommand.Create(TheShell));
        root.Add(TrainCommand.Create(TheShell));
        root.Add(EvaluateCommand.Create(TheShell));
        root.Add(ExportCommand.Create(TheShell));
        root.Add(NewPaperCommand.Create(TheShell));
        root.Add(ReadmeCommand.Create(TheShell));
        root.Add(NotebookCommand.Create(TheShell));
        root.Add(JupyterCommand.Create(TheShell));
        root.Add(DoctorCommand.Create(TheShell));

        var parsed = root.Parse(arguments.Count == 0 ? ["--help"] : arguments);
        try
        {
            if (parsed.Errors.Count > 0)
                throw new UsageException(Explain(parsed));
            var assemblies = (recipes ?? []).Prepend(typeof(Recipe).Assembly).Concat((parsed.GetValue(more) ?? []).Select(Load));
            shell = new(output, error, new RecipeCatalog(assemblies), terminal, cancellation)
            {
                PlotlyJs = plotlyJs ?? (() => PlotlyFile(error, cancellation)),
            };
            return parsed.Invoke(new InvocationConfiguration
            {
                Output = output,
                Error = error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            });
        }
        catch (Exception e)
        {
            return Tell(e, error, parsed.GetValue(verbose), arguments);
        }
    }

    // Someone waits in front of a notebook for these two, and need not wait for the whole command line to be put together.
    static int? Direct(IReadOnlyList<string> arguments, TextWriter error, CancellationToken cancellation)
    {
        try
        {
            switch (arguments)
            {
                case ["notebook", NotebookCommand.WorkerName, var requests, var events]:
                    NotebookWorker.Run(requests, events);
                    return ExitCode.Fine;
                case ["jupyter", "run", "--language", var language, var file] when JupyterCommand.Knows(language) && File.Exists(file):
                    JupyterCommand.Serve(file, language, error, cancellation);
                    return ExitCode.Fine;
                default:
                    return null;
            }
        }
        catch (Exception e)
        {
            return Tell(e, error, verbose: false, arguments);
        }
    }

    static int Tell(Exception e, TextWriter error, bool verbose, IReadOnlyList<string> arguments)
    {
        var (code, message) = e switch
        {
            OperationCanceledException => (ExitCode.Interrupted,
                $"interrupted. What was trained is kept; to resume type: ./kit {string.Join(' ', arguments.Select(Quote))}"),
            UsageException => (ExitCode.Usage, e.Message),
            DataUnavailableException => (ExitCode.NoData, e.Message),
            RunBusyException => (ExitCode.Busy, e.Message),
            IOException or InvalidDataException or UnauthorizedAccessException => (ExitCode.Failed, e.Message),
            _ => (ExitCode.Failed, Describe(e) + (verbose ? "" : " (add --verbose to see where)")),
        };
        error.WriteLine($"kit: {message}");
        if (verbose)
            error.WriteLine(e.ToString());
        return code;
    }

    /// <summary>What went wrong, with its kind where the message alone was not written for a user.</summary>
    internal static string Describe(Exception e) =>
        e is UsageException or IOException or InvalidDataException or UnauthorizedAccessException or RunBusyException
            ? e.Message
            : $"{e.GetType().Name}: {e.Message}";

    static string? PlotlyFile(TextWriter error, CancellationToken cancellation)
    {
        const string asset = "plotly.js", file = "plotly-cartesian.min.js";
        try
        {
            return DataCache.Default.Fetch(Catalog.Default.Entry(asset), ct: cancellation).PathOf(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            error.WriteLine($"kit: the report's charts are still pictures, as plotly.js could not be had: {e.Message}");
            return null;
        }
    }

    static string Explain(ParseResult parsed)
    {
        var message = string.Join('\n', parsed.Errors.Select(e => e.Message).Distinct());
        var command = parsed.CommandResult.Command;
        string[] known = [.. command.Subcommands.Select(c => c.Name), .. command.Options.Select(o => o.Name)];
        // The parser also says that a command is missing, which it is when its name was mistyped.
        if (parsed.UnmatchedTokens is [var unknown, ..] && parsed.CommandResult.Parent is null && !unknown.StartsWith('-'))
            return Spelling.Unknown("command", unknown, [.. command.Subcommands.Select(c => c.Name)]);
        var nearest = parsed.UnmatchedTokens.Select(t => Spelling.Nearest(t, known)).FirstOrDefault(n => n is not null);
        var path = parsed.CommandResult.Parent is null ? "" : $"{command.Name} ";
        return $"{message}{(nearest is null ? "" : $" Did you mean '{nearest}'?")} Type: ./kit {path}--help";
    }

    static Assembly Load(FileInfo file)
    {
        try
        {
            return Assembly.LoadFrom(file.FullName);
        }
        catch (Exception e) when (e is FileNotFoundException or BadImageFormatException or FileLoadException)
        {
            throw new UsageException($"{file.FullName} is not an assembly that can be loaded: {e.Message}", e);
        }
    }

    internal static string Quote(string argument) =>
        argument.Length > 0 && argument.All(c => char.IsAsciiLetterOrDigit(c) || "-_=./,:+".Contains(c, StringComparison.Ordinal))
            ? argument
            : $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}

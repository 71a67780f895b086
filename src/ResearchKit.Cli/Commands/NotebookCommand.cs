using System.CommandLine;
using ResearchKit.Data;
using ResearchKit.Experiments;
using ResearchKit.Notebooks.Caching;
using ResearchKit.Notebooks.Files;
using ResearchKit.Notebooks.Runs;
using ResearchKit.Notebooks.Workers;

namespace ResearchKit.Cli.Commands;

/// <summary><c>kit notebook run | check | convert | strip | cache</c>: .NET notebooks without an editor.</summary>
static class NotebookCommand
{
    /// <summary>The command that is the process of a notebook's cells.</summary>
    internal const string WorkerName = "worker";

    sealed record Ask(
        string In, string? Out, IReadOnlyList<string> Parameters, string? ParameterFile, double? Timeout, long? Memory, bool KeepGoing, bool Lock, bool Quiet, string? Cache);

    public static Command Create(Func<Shell> shell) => new("notebook", "Run .NET notebooks (.ipynb, .dib) with parameters, check, convert and strip them.")
    {
        RunCommand(shell),
        CheckCommand(shell),
        ConvertCommand(shell),
        StripCommand(shell),
        CacheCommand(shell),
        WorkerCommand(),
    };

    static Command RunCommand(Func<Shell> shell)
    {
        var notebook = new Argument<string>("IN") { Description = "The notebook." };
        var output = new Argument<string?>("OUT") { Description = "Where to write it with its outputs (default: NAME.out.ipynb beside it).", Arity = ArgumentArity.ZeroOrOne };
        var parameters = ParameterOption();
        var file = new Option<string?>("-f", "--parameters-file") { Description = "Parameters in a YAML file; -p goes before it.", HelpName = "FILE" };
        var timeout = new Option<double?>("--timeout") { Description = "How long each cell may take.", HelpName = "SECONDS" };
        var memory = new Option<string?>("--memory") { Description = "How much its objects may take (default: 3/4 of the machine's).", HelpName = "SIZE" };
        var keepGoing = new Option<bool>("--keep-going") { Description = "Go on after a cell that failed." };
        var locked = new Option<bool>("--lock") { Description = "Write down the versions of all packages, in NAME.packages.lock.json beside the notebook; a file that is there is always kept to." };
        var quiet = new Option<bool>("--quiet") { Description = "Do not show what the cells put out." };
        var cache = CacheOption();
        var noCache = new Option<bool>("--no-cache") { Description = "Run also the cells that could come from the cache, and keep nothing." };
        var command = new Command("run", "Run a notebook from its first cell to its last; the cell tagged 'parameters' takes values.")
        {
            notebook, output, parameters, file, timeout, memory, keepGoing, locked, quiet, cache, noCache,
        };
        command.SetAction(parsed => Run(shell(), new(parsed.GetValue(notebook)!, parsed.GetValue(output), parsed.GetValue(parameters) ?? [], parsed.GetValue(file),
            parsed.GetValue(timeout), Size(parsed.GetValue(memory)), parsed.GetValue(keepGoing), parsed.GetValue(locked), parsed.GetValue(quiet),
            CacheFolder(parsed.GetValue(cache), parsed.GetValue(noCache)))));
        return command;
    }

    static Command CheckCommand(Func<Shell> shell)
    {
        var notebooks = new Argument<string[]>("NOTEBOOK") { Description = "Notebooks to run.", Arity = ArgumentArity.OneOrMore };
        var parameters = ParameterOption();
        var timeout = new Option<double>("--timeout") { Description = "How long each cell may take.", HelpName = "SECONDS", DefaultValueFactory = _ => 300 };
        var command = new Command("check", "Run notebooks at the scale 'smoke', where they have a parameter 'scale', and write nothing.") { notebooks, parameters, timeout };
        command.SetAction(parsed => Check(shell(), parsed.GetValue(notebooks)!, parsed.GetValue(parameters) ?? [], parsed.GetValue(timeout)));
        return command;
    }

    static Command ConvertCommand(Func<Shell> shell)
    {
        var from = new Argument<string>("IN") { Description = "A notebook, .ipynb or .dib." };
        var to = new Argument<string>("OUT") { Description = "The file to write; its ending says in which format." };
        var command = new Command("convert", "Convert a notebook between .ipynb and .dib, which holds no outputs.") { from, to };
        command.SetAction(parsed =>
        {
            NotebookFile.Write(parsed.GetValue(to)!, NotebookFile.Read(parsed.GetValue(from)!));
            shell().Line(parsed.GetValue(to)!);
            return ExitCode.Fine;
        });
        return command;
    }

    static Command StripCommand(Func<Shell> shell)
    {
        var notebooks = new Argument<string[]>("NOTEBOOK") { Description = "Notebooks, changed in place.", Arity = ArgumentArity.OneOrMore };
        var check = new Option<bool>("--check") { Description = "Change nothing; fail if there is something to strip." };
        var command = new Command("strip", "Remove outputs, execution counts and what runs leave behind, for keeping notebooks in git.") { notebooks, check };
        command.SetAction(parsed => Strip(shell(), parsed.GetValue(notebooks)!, parsed.GetValue(check)));
        return command;
    }

    static Command CacheCommand(Func<Shell> shell)
    {
        var folder = CacheOption();
        var clear = new Option<bool>("--clear") { Description = "Remove all of it." };
        var command = new Command("cache", "Say how many cells are cached and how much they take, or clear the cache.") { folder, clear };
        command.SetAction(parsed =>
        {
            var path = CacheFolder(parsed.GetValue(folder), false)!;
            var cache = new CellCache(path);
            var (cells, bytes) = cache.Measure();
            if (parsed.GetValue(clear))
                cells = cache.Clear();
            shell().Line($"{(parsed.GetValue(clear) ? "removed " : "")}{cells} cached {(cells == 1 ? "cell" : "cells")}, {bytes / 1e6:0.0} MB: {path}");
            return ExitCode.Fine;
        });
        return command;
    }

    // What a run starts to run the cells in.
    static Command WorkerCommand()
    {
        Argument<string> requests = new("REQUESTS"), events = new("EVENTS");
        var command = new Command(WorkerName, "The process of a run.") { requests, events };
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            NotebookWorker.Run(parsed.GetValue(requests)!, parsed.GetValue(events)!);
            return ExitCode.Fine;
        });
        return command;
    }

    static Option<string?> CacheOption() =>
        new("--cache") { Description = "The folder that cells tagged 'cache' are kept in (default: notebook-cells beside the fetched data).", HelpName = "DIR" };

    static string? CacheFolder(string? folder, bool none) => folder is not null && none
        ? throw new UsageException("--cache and --no-cache exclude each other.") : none ? null : folder ?? CellCache.DefaultFolder;

    static Option<string[]> ParameterOption() =>
        new("-p", "--parameter") { Description = "Set a parameter, or answer what a cell asks for; may be given several times.", HelpName = "name=value" };

    static int Run(Shell shell, Ask ask)
    {
        var output = ask.Out ?? Path.ChangeExtension(ask.In, ".out.ipynb");
        if (NotebookFile.IsDib(output))
            throw new UsageException($"{output} would hold no outputs: name a file that ends with .ipynb.");
        var notebook = NotebookFile.Read(ask.In);
        if (Path.GetFullPath(output) == Path.GetFullPath(ask.In))
            throw new UsageException($"The outputs would replace {ask.In} itself: name another file.");
        if (Path.GetDirectoryName(Path.GetFullPath(output)) is { } folder && !Directory.Exists(folder))
            throw new UsageException($"The folder of {output} does not exist.");
        var values = new Dictionary<string, object?>(ask.ParameterFile is null ? new Dictionary<string, object?>() : ParameterFile.Read(ask.ParameterFile));
        foreach (var (name, value) in Pairs(ask.Parameters))
            values[name] = value;
        var answers = new NotebookParameters(notebook).Apply(values);
        var summary = NotebookRun.Run(notebook, Settings(ask.In, answers) with
        {
            OutputPath = output,
            Timeout = Span(ask.Timeout),
            MemoryLimit = ask.Memory,
            KeepGoing = ask.KeepGoing,
            LockFile = LockFile(ask.In, ask.Lock),
            CacheFolder = ask.Cache,
        }, new NotebookView(shell, ask.Quiet), shell.Cancellation);
        foreach (var problem in summary.Problems)
            shell.Error.WriteLine($"kit: {problem}");
        shell.Line($"{summary.CellsRun} of {summary.Cells} cells ran in {Numbers.Seconds(summary.Seconds)}: {output}");
        return Code(summary.End);
    }

    static int Check(Shell shell, string[] paths, string[] parameters, double timeout)
    {
        var worst = ExitCode.Fine;
        // All are read before the first one runs.
        var notebooks = paths.Select(p => (Path: p, Notebook: NotebookFile.Read(p))).ToArray();
        foreach (var (path, notebook) in notebooks)
        {
            var declared = new NotebookParameters(notebook);
            var values = Pairs(parameters).Where(p => declared.Has(p.Name)).ToDictionary(p => p.Name, p => (object?)p.Value);
            if (declared.Has("scale"))
                values.TryAdd("scale", "smoke");
            var answers = declared.Apply(values);
            var summary = NotebookRun.Run(notebook, Settings(path, answers) with { Timeout = Span(timeout), LockFile = LockFile(path, false) },
                new NotebookView(shell, quiet: true), shell.Cancellation);
            shell.Line($"{(summary.End == RunEnd.Completed ? "fine" : "FAILED")}  {path}  {summary.CellsRun} of {summary.Cells} cells, {Numbers.Seconds(summary.Seconds)}");
            foreach (var problem in summary.Problems)
                shell.Line($"        {problem}");
            worst = Math.Max(worst, Code(summary.End));
            if (summary.End == RunEnd.Interrupted)
                break;
        }
        return worst;
    }

    static int Strip(Shell shell, string[] paths, bool check)
    {
        var code = ExitCode.Fine;
        foreach (var path in paths)
        {
            var before = File.Exists(path) ? File.ReadAllBytes(path) : [];
            var notebook = NotebookFile.Read(path);
            notebook.Strip();
            if (NotebookFile.Bytes(path, notebook).AsSpan().SequenceEqual(before))
                continue;
            shell.Line(check ? $"{path} is not stripped. Type: ./kit notebook strip {KitApp.Quote(path)}" : $"stripped {path}");
            if (check)
                code = ExitCode.Failed;
            else
                NotebookFile.Write(path, notebook);
        }
        return code;
    }

    static RunSettings Settings(string path, IReadOnlyDictionary<string, string> answers) => new()
    {
        InputPath = path,
        Folder = Path.GetDirectoryName(Path.GetFullPath(path))!,
        Answers = answers,
        WorkerCommand = ["dotnet", Path.Combine(AppContext.BaseDirectory, "kit.dll"), "notebook", WorkerName],
    };

    static string? LockFile(string path, bool write)
    {
        var file = Path.GetFullPath(Path.ChangeExtension(path, ".packages.lock.json"));
        return write || File.Exists(file) ? file : null;
    }

    static IEnumerable<(string Name, string Value)> Pairs(IEnumerable<string> parameters) => parameters.Select(p =>
        p.IndexOf('=', StringComparison.Ordinal) is var equals and > 0 ? (p[..equals].Trim(), p[(equals + 1)..])
            : throw new UsageException($"'{p}' is not of the form name=value, such as -p seed=1."));

    static TimeSpan? Span(double? seconds) => seconds switch
    {
        null => null,
        > 0 and < 1e7 => TimeSpan.FromSeconds(seconds.Value),
        _ => throw new UsageException($"--timeout takes seconds above 0, not {seconds}."),
    };

    static long? Size(string? text)
    {
        if (text is null)
            return null;
        var unit = char.ToUpperInvariant(text[^1]) switch { 'G' => 30, 'M' => 20, 'K' => 10, _ => 0 };
        return double.TryParse(unit > 0 ? text[..^1] : text, out var number) && number > 0 && number < 1e15
            ? (long)(number * (1L << unit))
            : throw new UsageException($"'{text}' is not an amount of memory, such as 2G or 500M.");
    }

    static int Code(RunEnd end) => end switch
    {
        RunEnd.Completed => ExitCode.Fine,
        RunEnd.Partial => ExitCode.Partial,
        RunEnd.TimedOut => ExitCode.TimedOut,
        RunEnd.Died => ExitCode.Died,
        RunEnd.Interrupted => ExitCode.Interrupted,
        _ => ExitCode.Failed,
    };
}

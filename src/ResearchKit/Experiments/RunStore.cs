using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ResearchKit.Formats;

namespace ResearchKit.Experiments;

/// <summary>
/// A folder of runs, each in a folder of its own named after its content: recipe, parameters, seed and code. A folder without
/// the ending <c>.partial</c> holds a finished run, whole.
/// </summary>
/// <param name="root">The folder; created when the first run is.</param>
public sealed class RunStore(string root)
{
    const string Partial = ".partial", Replaced = ".replaced";

    /// <summary>The full path of the folder.</summary>
    public string Root { get; } = Path.GetFullPath(root);

    /// <summary>
    /// The store that a command uses when none is named: the folder <c>RESEARCHKIT_RUNS</c>, else <c>runs</c> in the repository,
    /// else <c>researchkit/runs</c> in the user's data folder.
    /// </summary>
    public static RunStore Default => new(
        Environment.GetEnvironmentVariable("RESEARCHKIT_RUNS") is { Length: > 0 } named ? named
        : Repository.Folder is { } repository ? Path.Combine(repository, "runs")
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "researchkit", "runs"));

    /// <summary>The content key of a run, hexadecimal.</summary>
    public static string KeyOf(RunRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return RunJson.Key(new JsonObject
        {
            ["recipe"] = request.Recipe.Name,
            ["scale"] = request.Scale.Word(),
            ["parameters"] = RunJson.Parameters(request.Parameters ?? request.Recipe.Parameters(request.Scale)),
            ["seed"] = request.Seed,
            ["code"] = CodeIdentity.Of(request.Recipe.GetType().Assembly),
        });
    }

    /// <summary>Runs one seed, or gives the finished run if there is one.</summary>
    /// <exception cref="RunBusyException">Another process is at it.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; asked for again, it resumes.</exception>
    /// <exception cref="InvalidDataException">The record of the finished run is damaged.</exception>
    public StoredRun Run(RunRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var key = KeyOf(request);
        var name = $"{request.Recipe.Name}-{request.Scale.Word()}-seed{request.Seed}-{key[..16]}";
        var folder = Path.Combine(Root, name);
        RunLock.MakeFolder(Path.Combine(Root, "locks"));
        using var held = RunLock.Take(Path.Combine(Root, "locks", name + ".lock"), $"Seed {request.Seed} of {request.Recipe.Name}");
        FinishReplacing(folder);
        if (!request.Again && Directory.Exists(folder))
            return new(RunRecordFile.Read(Path.Combine(folder, RunRecordFile.Name)), folder, Reused: true);

        Directory.CreateDirectory(folder + Partial);
        AtomicFile.RemoveLeftovers(folder + Partial);
        RunRecord record;
        try
        {
            record = Produce(request, key, folder + Partial);
        }
        catch
        {
            if (!Directory.EnumerateFileSystemEntries(folder + Partial).Any())
                Directory.Delete(folder + Partial);
            throw;
        }
        RunRecordFile.Write(Path.Combine(folder + Partial, RunRecordFile.Name), record);
        FinishReplacing(folder);
        return new(record, folder, Reused: false);
    }

    /// <summary>All finished runs, newest first.</summary>
    /// <param name="damaged">Is told of each record that cannot be read; without it the first one throws.</param>
    public IReadOnlyList<StoredRun> Runs(Action<InvalidDataException>? damaged = null) => ReadAll(Root, damaged);

    /// <summary>The names of runs that were begun and not finished.</summary>
    public IReadOnlyList<string> Unfinished() => !Directory.Exists(Root) ? []
        : [.. Directory.EnumerateDirectories(Root, "*" + Partial).Select(f => Path.GetFileName(f)[..^Partial.Length]).Order(StringComparer.Ordinal)];

    /// <summary>The records in a folder and the folders under it, newest first: those that the repository holds, for one.</summary>
    /// <param name="folder">The folder; it need not exist.</param>
    /// <param name="damaged">Is told of each record that cannot be read; without it the first one throws.</param>
    public static IReadOnlyList<StoredRun> ReadAll(string folder, Action<InvalidDataException>? damaged = null)
    {
        if (!Directory.Exists(folder))
            return [];
        var runs = new List<StoredRun>();
        foreach (var path in Directory.EnumerateFiles(folder, RunRecordFile.Name, SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var at = Path.GetDirectoryName(path)!;
            if (at.EndsWith(Partial, StringComparison.Ordinal) || at.EndsWith(Replaced, StringComparison.Ordinal))
                continue;
            try
            {
                runs.Add(new(RunRecordFile.Read(path), at, Reused: true));
            }
            catch (InvalidDataException e) when (damaged is not null)
            {
                damaged(e);
            }
        }
        return [.. runs.OrderByDescending(r => r.Record.Started)];
    }

    static RunRecord Produce(RunRequest request, string key, string folder)
    {
        var recipe = request.Recipe;
        var parameters = request.Parameters ?? recipe.Parameters(request.Scale);
        var stages = new StageStore(Path.Combine(Path.GetDirectoryName(folder)!, "stages"), request.Again);
        var started = DateTimeOffset.UtcNow;
        var clock = Stopwatch.StartNew();
        var run = new Experiment
        {
            Scale = request.Scale,
            Seed = request.Seed,
            Folder = folder,
            Cancellation = request.Cancellation,
            Progress = request.Progress,
            Environment = Provenance.Collect(recipe.GetType().Assembly),
            Recipe = recipe,
            Stages = stages,
        };
        recipe.Run(parameters, run);
        return new RunRecord
        {
            Id = key,
            Recipe = recipe.Name,
            Scale = request.Scale,
            Seed = request.Seed,
            Parameters = RunJson.Parameters(parameters),
            Command = request.Command,
            Started = started,
            Seconds = clock.Elapsed.TotalSeconds,
            Environment = new SortedDictionary<string, string>(run.Environment, StringComparer.Ordinal),
            Data = run.Data,
            Values = run.Values,
            Metrics = run.Metrics,
            Claims = run.Claims,
            Tables = run.Tables,
            Figures = run.Figures,
            Files = [.. Files(folder)],
        };
    }

    static IEnumerable<RunFile> Files(string folder)
    {
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var name = Path.GetRelativePath(folder, path);
            if (name == RunRecordFile.Name)
                continue;
            using var stream = File.OpenRead(path);
            yield return new(name, stream.Length, Convert.ToHexStringLower(SHA256.HashData(stream)));
        }
    }

    // The record is written last, so a partial folder that has one is whole: killed between two renames, it goes on here.
    static void FinishReplacing(string folder)
    {
        if (File.Exists(Path.Combine(folder + Partial, RunRecordFile.Name)))
        {
            if (Directory.Exists(folder))
            {
                if (Directory.Exists(folder + Replaced))
                    Directory.Delete(folder + Replaced, recursive: true);
                Directory.Move(folder, folder + Replaced);
            }
            Directory.Move(folder + Partial, folder);
        }
        if (Directory.Exists(folder + Replaced))
            Directory.Delete(folder + Replaced, recursive: true);
    }
}

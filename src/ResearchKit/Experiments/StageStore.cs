using System.Diagnostics;
using System.Text.Json.Nodes;
using ResearchKit.Formats;

namespace ResearchKit.Experiments;

/// <summary>The stages of all runs, each in a folder named after its content.</summary>
sealed class StageStore(string root, bool again = false)
{
    const string Complete = "complete.json";
    readonly HashSet<string> _doneAgain = [];

    /// <summary>Seconds that the stages took which this run did itself.</summary>
    public double SecondsSpent { get; private set; }

    public T Get<T>(
        string name, object parameters, int seed, IReadOnlyList<DataUse> data, Func<StageFolder, T> produce, Func<StageFolder, T> load)
    {
        var content = new JsonObject
        {
            ["stage"] = name,
            ["parameters"] = RunJson.Parameters(parameters),
            ["seed"] = seed,
            ["data"] = new JsonArray([.. data.OrderBy(d => d.Name, StringComparer.Ordinal).Select(Checksums)]),
            ["code"] = CodeIdentity.Of(produce.Method.Module.Assembly),
        };
        var key = RunJson.Key(content);
        var folder = Path.Combine(root, $"{Slug(name)}-seed{seed}-{key[..16]}");
        var complete = Path.Combine(folder, Complete);
        if (!IsToBeDone(complete))
            return load(new(folder, Resumed: false));

        using var held = RunLock.Take(folder + ".lock", $"The stage {name} (seed {seed})");
        // It may have been completed between the look and the lock.
        if (!IsToBeDone(complete))
            return load(new(folder, Resumed: false));
        if (File.Exists(complete))
            Directory.Delete(folder, recursive: true);
        _doneAgain.Add(folder);
        var resumed = Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any();
        Directory.CreateDirectory(folder);
        AtomicFile.RemoveLeftovers(folder);
        var clock = Stopwatch.StartNew();
        var result = produce(new(folder, resumed));
        SecondsSpent += clock.Elapsed.TotalSeconds;
        content["seconds"] = clock.Elapsed.TotalSeconds;
        AtomicFile.Write(complete, stream =>
        {
            using var writer = new StreamWriter(stream, leaveOpen: true);
            writer.Write(content.ToJsonString(RunJson.Options));
        });
        return result;
    }

    bool IsToBeDone(string complete) => !File.Exists(complete) || (again && !_doneAgain.Contains(Path.GetDirectoryName(complete)!));

    static JsonNode Checksums(DataUse data) => new JsonObject([
        KeyValuePair.Create<string, JsonNode?>("name", data.Name),
        .. data.Checksums.Select(c => KeyValuePair.Create<string, JsonNode?>("file " + c.Key, c.Value)),
    ]);

    static string Slug(string name) => string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' ? c : '-'));
}

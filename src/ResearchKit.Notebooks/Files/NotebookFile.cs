using ResearchKit.Experiments;
using ResearchKit.Formats;

namespace ResearchKit.Notebooks.Files;

/// <summary>Notebooks on disk: <c>.ipynb</c> (nbformat 4.0 to 4.5) and <c>.dib</c>, told apart by the ending.</summary>
public static class NotebookFile
{
    /// <summary>Reads a notebook.</summary>
    /// <exception cref="InvalidDataException">The file is damaged or of another format; the message names file and place.</exception>
    /// <exception cref="UsageException">There is no such file, or its ending is another.</exception>
    public static Notebook Read(string path)
    {
        var dib = IsDib(path);
        if (!File.Exists(path))
            throw new UsageException(Directory.Exists(path) ? $"{path} is a folder, not a notebook." : $"There is no notebook {path}.");
        var bytes = File.ReadAllBytes(path);
        return dib ? DibFile.Read(path, bytes) : IpynbFile.Read(path, bytes);
    }

    /// <summary>Writes a notebook; after a crash the file holds all of the old content or all of the new.</summary>
    /// <exception cref="IOException">The disk is full or failed; the file is as it was.</exception>
    public static void Write(string path, Notebook notebook)
    {
        var bytes = Bytes(path, notebook);
        AtomicFile.Write(path, stream => stream.Write(bytes));
    }

    /// <summary>What <see cref="Write"/> would write.</summary>
    public static byte[] Bytes(string path, Notebook notebook)
    {
        ArgumentNullException.ThrowIfNull(notebook);
        return IsDib(path) ? DibFile.Write(notebook) : IpynbFile.Write(notebook);
    }

    /// <summary>True for <c>.dib</c>, false for <c>.ipynb</c>.</summary>
    /// <exception cref="UsageException">The ending is another.</exception>
    public static bool IsDib(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".DIB" => true,
        ".IPYNB" => false,
        _ => throw new UsageException($"{path} does not end with .ipynb or .dib, the two kinds of notebooks that are read and written."),
    };
}

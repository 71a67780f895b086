using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace ResearchKit.Formats;

/// <summary>The zip layout of a <see cref="PyTorchFile"/>.</summary>
static class PyTorchZip
{
    const string Pickle = "data.pkl";

    // torch.save stores without compression; a repacked file of weights does not shrink to a sixteenth.
    const int LargestExpansion = 16, Allowance = 1 << 20;

    internal static object? Read(ReadOnlyMemory<byte> bytes, string name)
    {
        try
        {
            if (!MemoryMarshal.TryGetArray(bytes, out var array))
                array = new(bytes.ToArray());
            using var archive = new ZipArchive(new MemoryStream(array.Array!, array.Offset, array.Count, writable: false), ZipArchiveMode.Read);
            return Read(archive, bytes.Length, name);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or NotSupportedException or ArgumentException or OverflowException
            && !e.Message.Contains(name, StringComparison.Ordinal))
        {
            throw PyTorchFile.Damaged(name, $"the zip archive is damaged: {e.Message.TrimEnd('.')}", 0);
        }
    }

    static object? Read(ZipArchive archive, int fileBytes, string name)
    {
        var members = new Dictionary<string, ZipArchiveEntry>();
        foreach (var entry in archive.Entries)
        {
            if (!members.TryAdd(entry.FullName, entry))
                throw PyTorchFile.Damaged(name, $"the archive has two members '{entry.FullName}'", 0);
        }
        string[] pickles = [.. members.Keys.Where(k => k.EndsWith("/" + Pickle, StringComparison.Ordinal) && k.AsSpan().Count('/') == 1)];
        if (pickles is not [var pickleName])
            throw PyTorchFile.Damaged(name, $"it is a zip archive with {pickles.Length} members NAME/{Pickle}, where one is expected", 0);
        var folder = pickleName[..^Pickle.Length];

        var left = (long)LargestExpansion * fileBytes + Allowance;
        byte[] Member(string member)
        {
            if (!members.TryGetValue(folder + member, out var entry))
                throw PyTorchFile.Damaged(name, $"the archive has no member '{folder + member}'", 0);
            if (entry.Length > left || (left -= entry.Length) < 0 || entry.Length > Array.MaxLength)
                throw PyTorchFile.Damaged(name, $"it unpacks to more than {LargestExpansion} times its size", 0);
            var content = GC.AllocateUninitializedArray<byte>((int)entry.Length);
            using var stream = entry.Open();
            stream.ReadExactly(content);
            if (stream.ReadByte() >= 0 || Crc32.Of(content) != entry.Crc32)
                throw PyTorchFile.Damaged(name, $"member '{folder + member}' does not match its checksum", 0);
            return content;
        }

        if (members.ContainsKey(folder + "byteorder") && Encoding.ASCII.GetString(Member("byteorder")) is var order and not "little")
            throw PyTorchFile.Damaged(name, $"its byte order is '{order}'; save it again on a little-endian machine", 0);
        var content = Member(Pickle);
        var pickle = new PyTorchPickle(content, name, fileBytes);
        var root = pickle.Read();
        if (pickle.Position != content.Length)
            throw PyTorchFile.Damaged(name, $"{content.Length - pickle.Position} bytes follow the pickle", pickle.Position);
        foreach (var (key, storage) in pickle.Storages)
        {
            var data = Member($"data/{key}");
            if (data.Length != storage.Bytes)
                throw PyTorchFile.Damaged(name, $"storage '{key}' has {data.Length} bytes, where {storage.Bytes} were announced", 0);
            storage.Data = data;
        }
        return root;
    }
}

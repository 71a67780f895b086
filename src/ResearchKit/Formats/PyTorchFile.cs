using System.Buffers.Binary;

namespace ResearchKit.Formats;

/// <summary>
/// What <c>torch.save</c> wrote (<c>.pth</c>, <c>.pt</c>, <c>.th</c>), read without executing anything: tensors and plain containers only.
/// </summary>
/// <remarks>
/// <para>Since PyTorch 1.6 the file is a zip archive: <c>NAME/data.pkl</c>, a pickle whose tensors refer to storages by key, the storages'
/// bytes in <c>NAME/data/KEY</c>, and lately <c>NAME/byteorder</c>.</para>
/// <para>Before, it was a sequence: a pickled magic number, protocol, and system's properties; the object; the list of the storages'
/// keys; for each of these its number of elements (8 bytes) and its bytes.</para>
/// </remarks>
/// <param name="Name">The file's path, for messages.</param>
/// <param name="Root">
/// What was saved: null, <see cref="bool"/>, <see cref="long"/>, <see cref="double"/>, <see cref="string"/>, <c>object?[]</c> for a tuple,
/// <c>List&lt;object?&gt;</c>, <see cref="PyTorchDictionary"/> or <see cref="PyTorchTensor"/>.
/// </param>
public sealed record PyTorchFile(string Name, object? Root)
{
    const int ProtocolVersion = 1001;

    // Real ones are a handful of levels deep.
    const int DeepestNesting = 64;

    static ReadOnlySpan<byte> Zip => "PK\x03\x04"u8;

    /// <summary>The older layout's magic number behind its pickle's first four bytes.</summary>
    static ReadOnlySpan<byte> Magic => [0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, (byte)'.'];

    /// <summary>Whether the bytes begin as either layout does.</summary>
    public static bool Recognises(ReadOnlySpan<byte> bytes) => bytes.StartsWith(Zip) || IsOlderLayout(bytes);

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">It is damaged, was written on a big-endian machine, or asks for anything but tensors and plain
    /// containers; the message says for what, and where.</exception>
    public static PyTorchFile Read(string path) => Parse(File.ReadAllBytes(path), path);

    /// <summary>Reads from memory, of which the tensors may be slices; <paramref name="name"/> stands for the file in messages.</summary>
    /// <exception cref="InvalidDataException">As <see cref="Read"/>.</exception>
    public static PyTorchFile Parse(ReadOnlyMemory<byte> bytes, string name)
    {
        if (bytes.Span.StartsWith(Zip))
            return new(name, PyTorchZip.Read(bytes, name));
        if (IsOlderLayout(bytes.Span))
            return new(name, ReadOlderLayout(bytes, name));
        throw Damaged(name, "it begins neither as a zip archive nor with the older layout's magic number", 0);
    }

    /// <summary>
    /// All tensors of a part of <see cref="Root"/>, named by their keys and numbers from there on, with dots between them. A container that
    /// stands in several places counts at its first.
    /// </summary>
    /// <param name="part">By default all of it.</param>
    /// <exception cref="InvalidDataException">Two tensors have one name, or containers are nested deeper than any of PyTorch's.</exception>
    public IReadOnlyList<SafeTensor> Tensors(object? part = null)
    {
        var found = new List<SafeTensor>();
        var names = new HashSet<string>();
        var visited = new HashSet<object>(ReferenceEqualityComparer.Instance);
        Visit(part ?? Root, "", 0);
        return found;

        void Visit(object? value, string name, int depth)
        {
            if (depth > DeepestNesting)
                throw new InvalidDataException($"'{Name}': containers are nested more than {DeepestNesting} deep, so these are no weights.");
            switch (value)
            {
                case PyTorchTensor tensor:
                    if (!names.Add(name))
                        throw new InvalidDataException($"'{Name}' holds two tensors named '{name}'.");
                    found.Add(tensor.ToSafeTensor(name));
                    break;
                case PyTorchDictionary dictionary when visited.Add(dictionary):
                    foreach (var (key, item) in dictionary.Where(item => CanHold(item.Value)))
                        Visit(item, Join(name, $"{key}"), depth + 1);
                    break;
                case IReadOnlyList<object?> list when visited.Add(list):
                    for (var i = 0; i < list.Count; i++)
                    {
                        if (CanHold(list[i]))
                            Visit(list[i], Join(name, $"{i}"), depth + 1);
                    }
                    break;
            }
        }
    }

    static bool CanHold(object? value) => value is PyTorchTensor or PyTorchDictionary or IReadOnlyList<object?>;

    internal static InvalidDataException Damaged(string name, string reason, long at) =>
        new($"'{name}' cannot be read as a PyTorch file: {reason} (byte {at}). If it should be one, get or save it again.");

    static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";

    static bool IsOlderLayout(ReadOnlySpan<byte> bytes) =>
        bytes.Length > 4 && bytes[0] == 0x80 && bytes[2] == 0x8a && bytes[3] == 10 && bytes[4..].StartsWith(Magic);

    static object? ReadOlderLayout(ReadOnlyMemory<byte> bytes, string name)
    {
        var start = 4 + Magic.Length;
        var pickle = new PyTorchPickle(bytes[start..], name, bytes.Length);
        if (pickle.Read() is not (long)ProtocolVersion)
            throw Damaged(name, $"its protocol is not {ProtocolVersion}", start);
        var at = start + pickle.Position;
        if (pickle.Read() is not PyTorchDictionary system || !system.TryGet("little_endian", out var little) || little is not bool isLittle)
            throw Damaged(name, "it does not say in which order its bytes are", at);
        if (!isLittle)
            throw Damaged(name, "it was written on a big-endian machine; save it again on a little-endian one", at);
        var root = pickle.Read();
        at = start + pickle.Position;
        if (pickle.Read() is not List<object?> keys)
            throw Damaged(name, "the list of its storages is missing", at);

        at = start + pickle.Position;
        var missing = pickle.Storages.Keys.ToHashSet();
        foreach (var item in keys)
        {
            if (item is not string key || !missing.Remove(key))
                throw Damaged(name, $"storage '{item}' is listed twice or belongs to no tensor", at);
            var storage = pickle.Storages[key];
            if (bytes.Length - at < sizeof(long))
                throw Damaged(name, $"it ends before storage '{key}'", bytes.Length);
            var count = BinaryPrimitives.ReadInt64LittleEndian(bytes.Span[at..]);
            if (count != storage.Count)
                throw Damaged(name, $"storage '{key}' has {count} elements, where {storage.Count} were announced", at);
            at += sizeof(long);
            if (bytes.Length - at < storage.Bytes)
                throw Damaged(name, $"it ends within storage '{key}', {storage.Bytes - (bytes.Length - at)} bytes short", bytes.Length);
            storage.Data = bytes.Slice(at, (int)storage.Bytes);
            at += (int)storage.Bytes;
        }
        if (missing.Count > 0)
            throw Damaged(name, $"the storage '{missing.First()}' is missing", at);
        if (at != bytes.Length)
            throw Damaged(name, $"{bytes.Length - at} bytes follow its last storage", at);
        return root;
    }
}

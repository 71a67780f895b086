using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using ResearchKit.Formats;

namespace ResearchKit.Tests.Formats;

/// <summary>On files that PyTorch 1.13 wrote (PyTorchGolden/make.py) and on ones that nobody should write.</summary>
public class PyTorchFileTests
{
    internal static byte[] Golden(string file) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "PyTorchGolden", file));

    static PyTorchFile Parse(string file) => PyTorchFile.Parse(Golden(file), file);

    static string Refusal(byte[] bytes)
    {
        var message = Assert.Throws<InvalidDataException>(() => PyTorchFile.Parse(bytes, "some.pth")).Message;
        Assert.Contains("some.pth", message);
        return message;
    }

    /// <summary>The older layout with an object of one's own making, and no storages.</summary>
    static byte[] Older(byte[] pickle, bool littleEndian = true, string keys = "]", byte[]? storages = null) =>
    [
        0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, (byte)'.',
        0x80, 2, (byte)'M', 0xe9, 3, (byte)'.',
        0x80, 2, (byte)'}', .. Text("little_endian"), (byte)(littleEndian ? 0x88 : 0x89), (byte)'s', (byte)'.',
        .. pickle,
        .. Encoding.Latin1.GetBytes($"\u0080\u0002{keys}."),
        .. storages ?? [],
    ];

    static byte[] Text(string text) => [(byte)'X', .. BitConverter.GetBytes(text.Length), .. Encoding.ASCII.GetBytes(text)];

    static byte[] Pickle(string text) => Encoding.Latin1.GetBytes($"\u0080\u0002{text}.");

    /// <summary>A tensor in a storage of so many floats, with the arguments of its making as a pickle.</summary>
    static byte[] Tensor(string offset, string shape, string strides, long count = 4, string function = "torch._utils\n_rebuild_tensor_v2")
    {
        var storage = $"(U\u0007storagectorch\nFloatStorage\nU\u00010U\u0003cpu{Number(count)}tQ";
        return Pickle($"c{function}\n({storage}{offset}{shape}{strides}\u0089ccollections\nOrderedDict\n)RtR");
    }

    static string Number(long value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return "\u008a\u0008" + Encoding.Latin1.GetString(bytes);
    }

    static byte[] Floats(params float[] values) => [.. BitConverter.GetBytes((long)values.Length), .. values.SelectMany(BitConverter.GetBytes)];

    static byte[] Zip(params (string Name, byte[] Content)[] members)
    {
        using var memory = new MemoryStream();
        using (var archive = new ZipArchive(memory, ZipArchiveMode.Create))
        {
            foreach (var (name, content) in members)
            {
                using var stream = archive.CreateEntry(name).Open();
                stream.Write(content);
            }
        }
        return memory.ToArray();
    }

    [Theory]
    [InlineData("tensors.zip.pth")]
    [InlineData("tensors.older.pth")]
    public void Tensors_of_every_type_and_view_come_as_they_were_saved(string file)
    {
        Assert.True(PyTorchFile.Recognises(Golden(file)));
        var tensors = Parse(file).Tensors().ToDictionary(t => t.Name);
        Assert.Equal([0, 1, 2], tensors["types.torch.float64"].ToArray<double>());
        Assert.Equal([0, 1, 2], tensors["types.torch.float32"].ToArray<float>());
        Assert.Equal([(Half)0, (Half)1, (Half)2], tensors["types.torch.float16"].ToArray<Half>());
        Assert.Equal("BF16", tensors["types.torch.bfloat16"].DType);
        Assert.Equal([0, 0, 0x80, 0x3f, 0, 0x40], tensors["types.torch.bfloat16"].Data.ToArray());
        Assert.Equal([0, 1, 2], tensors["types.torch.int64"].ToArray<long>());
        Assert.Equal([0, 1, 2], tensors["types.torch.int32"].ToArray<int>());
        Assert.Equal([0, 1, 2], tensors["types.torch.int16"].ToArray<short>());
        Assert.Equal([0, 1, 2], tensors["types.torch.int8"].ToArray<sbyte>());
        Assert.Equal([0, 1, 2], tensors["types.torch.uint8"].ToArray<byte>());
        Assert.Equal([false, true, true], tensors["types.torch.bool"].ToArray<bool>());

        void View(int index, long[] shape, params float[] values)
        {
            Assert.Equal(shape, tensors[$"views.{index}"].Shape);
            Assert.Equal(values, tensors[$"views.{index}"].ToArray<float>());
        }

        View(0, [4, 6], [.. Enumerable.Range(0, 24)]);
        View(1, [6, 4], [.. Enumerable.Range(0, 24).Select(i => (float)(i % 4 * 6 + i / 4))]);
        View(2, [2, 3], 6, 8, 10, 12, 14, 16);
        View(3, [], 15);
        View(4, [0, 6]);
        View(5, [1, 4], 1, 7, 13, 19);
        Assert.Equal([1.5f, -2], tensors["parameter"].ToArray<float>());
        Assert.Equal([1, 2], tensors["parameter"].Shape);
    }

    [Theory]
    [InlineData("network.zip.pth")]
    [InlineData("network.older.pth")]
    public void Plain_containers_come_as_they_were_saved(string file)
    {
        var root = Assert.IsType<PyTorchDictionary>(Parse(file).Root);
        object? Value(string key) => root.TryGet(key, out var value) ? value : throw new InvalidOperationException(key);
        Assert.Equal(["epoch", "big", "best", "name", "flags", "size", "pair", "state_dict"], root.Select(item => item.Key));
        Assert.Equal(3L, Value("epoch"));
        Assert.Equal(-(1L << 40), Value("big"));
        Assert.Equal(91.5, Value("best"));
        Assert.Equal("réseau", Value("name"));
        Assert.Equal([true, false, null], Assert.IsType<List<object?>>(Value("flags")));
        Assert.Equal([2L, 3L], Assert.IsType<object?[]>(Value("size")));
        Assert.Equal([1L, "a"], Assert.IsType<object?[]>(Value("pair")));
        var state = Assert.IsType<PyTorchDictionary>(Value("state_dict"));
        Assert.Equal(
            ["0.weight", "0.bias", "1.weight", "1.bias", "1.running_mean", "1.running_var", "1.num_batches_tracked", "3.weight", "3.bias"],
            state.Select(item => ((string)item.Key)["module.".Length..]));
        var weight = Parse(file).Tensors(state)[0];
        Assert.Equal("module.0.weight", weight.Name);
        Assert.Equal([0, 0.919f, 0.838f], weight.ToArray<float>()[..3]);
    }

    [Theory]
    [InlineData("function.zip.pth", "__builtin__.print")]
    [InlineData("function.older.pth", "__builtin__.print")]
    [InlineData("object.zip.pth", "__main__.Mine")]
    [InlineData("object.older.pth", "__main__.Mine")]
    public void Anything_else_is_refused_by_its_name(string file, string name)
    {
        var message = Refusal(Golden(file));
        Assert.Contains(name, message);
        Assert.Contains("nothing in it was executed", message);
    }

    [Theory]
    [InlineData("cposix\nsystem\n(U\u0002idtR", "posix.system")]
    [InlineData("cbuiltins\neval\n)R", "builtins.eval")]
    [InlineData("(U\u0002idiposix\nsystem\n", "posix.system")]
    [InlineData("U\u0005posixU\u0006system\u0093)R", "posix.system")]
    [InlineData("ctorch\nload\n)R", "torch.load")]
    [InlineData("ccollections\nOrderedDict\n)\u0081", "making an object of collections.OrderedDict")]
    [InlineData("ccollections\nOrderedDict\n(K\u0001K\u0002tR", "collections.OrderedDict with 2 arguments")]
    [InlineData("ctorch\nFloatStorage\n(K\u0001tR", "torch.FloatStorage with 1 arguments")]
    [InlineData("ctorch\nFloatStorage\n", "torch.FloatStorage as a value")]
    [InlineData("]}b", "setting the state of a list")]
    [InlineData("(U\u0006modulectorch\nFloatStorage\nU\u0001aU\u0001btQ", "a persistent object")]
    [InlineData("Pabc\n", "0x50")]
    [InlineData("I01\n", "0x49")]
    [InlineData("\u0082\u0001", "0x82")]
    public void Each_way_to_execute_something_is_refused(string pickle, string reason) => Assert.Contains(reason, Refusal(Older(Pickle(pickle))));

    [Theory]
    [InlineData("", "ends with 0 objects")]
    [InlineData("NN", "ends with 2 objects")]
    [InlineData("(N", "ends with 1 objects")]
    [InlineData("0", "an object is missing")]
    [InlineData("(0", "an object is missing")]
    [InlineData("t", "a mark is missing")]
    [InlineData("N\u0086", "2 objects are needed")]
    [InlineData("h\u0007", "memo entry 7")]
    [InlineData("Nr\u00ff\u00ff\u00ff\u007f", "memo entry 2147483647")]
    [InlineData("X\u00ff\u00ff\u00ff\u00ff", "reaches over the end")]
    [InlineData("\u008d\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff", "reaches over the end")]
    [InlineData("U\u0001\u00ff", "not UTF-8")]
    [InlineData("\u008a\u0009ABCDEFGHI", "72 bits")]
    [InlineData("}]Ns", "key is a list")]
    [InlineData("}K\u0001u", "a mark is missing")]
    [InlineData("}(K\u0001u", "1 keys and values")]
    [InlineData("NNa", "appended to a None")]
    [InlineData("cname", "a name does not end")]
    [InlineData("ccollections\nOrderedDict\n(](K\u0001etR", "something else than pairs")]
    public void Each_kind_of_damage_to_a_pickle_is_refused_for_its_reason(string pickle, string reason) =>
        Assert.Contains(reason, Refusal(Older(Pickle(pickle))));

    [Theory]
    [InlineData("K\0", "K\u0002K\u0002\u0086", "K\u0002K\u0001\u0086", null)]
    [InlineData("K\0", "K\u0002K\u0002\u0086", "K\u0001K\u0002\u0086", null)]
    [InlineData("K\u0004", "K\0\u0085", "K\u0001\u0085", null)]
    [InlineData("K\u0001", "K\u0004\u0085", "K\u0001\u0085", "reaches over the end")]
    [InlineData("K\0", "K\u0002\u0085", "K\u0004\u0085", "reaches over the end")]
    [InlineData("J\u00ff\u00ff\u00ff\u00ff", "K\u0002\u0085", "K\u0001\u0085", "something negative")]
    [InlineData("K\0", "J\u00ff\u00ff\u00ff\u00ff\u0085", "K\u0001\u0085", "something negative")]
    [InlineData("K\0", "K\u0002\u0085", "J\u00ff\u00ff\u00ff\u00ff\u0085", "something negative")]
    [InlineData("K\0", "K\u0002\u0085", ")", "cannot be")]
    [InlineData("K\0", "K\u0005\u0085", "K\0\u0085", "expanded tensors")]
    [InlineData("K\0", "\u008a\u0008\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f\u008a\u0008\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f\u0086", "K\0K\0\u0086", "expanded tensors")]
    [InlineData("K\0", "\u008a\u0008\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f\u0085", "\u008a\u0008\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f\u0085", "reaches over the end")]
    [InlineData("K\0", "U\u0001a\u0085", "K\u0001\u0085", "not numbers only")]
    [InlineData("K\0", "N", "K\u0001\u0085", "not a tuple")]
    public void Tensors_lie_within_their_storages_or_are_refused(string offset, string shape, string strides, string? reason)
    {
        var bytes = Older(Tensor(offset, shape, strides), keys: "]U\u00010a", storages: Floats(1, 2, 3, 4));
        if (reason is not null)
        {
            Assert.Contains(reason, Refusal(bytes));
            return;
        }
        var tensor = Assert.Single(PyTorchFile.Parse(bytes, "some.pth").Tensors());
        float[] expected = shape.Length == 3 ? [] : strides[1] == 1 ? [1, 3, 2, 4] : [1, 2, 3, 4];
        Assert.Equal(expected, tensor.ToArray<float>());
    }

    [Fact]
    public void Storages_that_are_missing_or_too_many_or_of_another_length_are_refused()
    {
        byte[] File(string keys, params byte[] storages) => Older(Tensor("K\0", "K\u0004\u0085", "K\u0001\u0085"), keys: keys, storages: storages);
        var four = Floats(1, 2, 3, 4);
        Assert.Contains("storage '0' is missing", Refusal(File("]")));
        Assert.Contains("ends before storage '0'", Refusal(File("]U\u00010a")));
        Assert.Contains("16 bytes short", Refusal(File("]U\u00010a", four[..8])));
        Assert.Contains("3 elements, where 4", Refusal(File("]U\u00010a", Floats(1, 2, 3))));
        Assert.Contains("listed twice", Refusal(File("](U\u00010U\u00010e", four)));
        Assert.Contains("belongs to no tensor", Refusal(File("]U\u00011a", four)));
        Assert.Contains("1 bytes follow", Refusal(File("]U\u00010a", [.. four, 0])));
        Assert.Contains("list of its storages", Refusal(File("N", four)));
        Assert.Contains("up to 2 GiB", Refusal(Older(Tensor("K\0", "K\u0004\u0085", "K\u0001\u0085", count: 1L << 40))));
    }

    [Fact]
    public void Views_of_storages_as_old_versions_had_them_are_read()
    {
        var storage = $"(U\u0007storagectorch\nFloatStorage\nU\u00010U\u0003cpuK\u0004(U\u00011K\u0001K\u0002ttQ";
        byte[] File(string shape) => Older(
            Pickle($"ctorch._utils\n_rebuild_tensor\n({storage}K\0{shape}K\u0001\u0085tR"), keys: "]U\u00010a", storages: Floats(1, 2, 3, 4));
        Assert.Equal([2, 3], Assert.Single(PyTorchFile.Parse(File("K\u0002\u0085"), "x").Tensors()).ToArray<float>());
        Assert.Contains("its storage of 2", Refusal(File("K\u0003\u0085")));
    }

    [Fact]
    public void Big_endian_files_are_refused()
    {
        Assert.Contains("big-endian", Refusal(Older(Pickle("N"), littleEndian: false)));
        Assert.Contains("'big'", Refusal(Zip(("a/data.pkl", Pickle("N")), ("a/byteorder", "big"u8.ToArray()))));
        Assert.Null(PyTorchFile.Parse(Zip(("a/data.pkl", Pickle("N")), ("a/byteorder", "little"u8.ToArray())), "x").Root);
    }

    [Fact]
    public void Compressed_archives_are_read_and_bombs_refused()
    {
        var pickle = Tensor("K\0", "K\u0004\u0085", "K\u0001\u0085");
        var file = PyTorchFile.Parse(Zip(("a/data.pkl", pickle), ("a/data/0", Floats(1, 2, 3, 4)[8..])), "x");
        Assert.Equal([1, 2, 3, 4], Assert.Single(file.Tensors()).ToArray<float>());
        Assert.Contains("more than 16 times", Refusal(Zip(("a/data.pkl", pickle), ("a/data/0", new byte[20 << 20]))));
        Assert.Contains("no member 'a/data/0'", Refusal(Zip(("a/data.pkl", pickle))));
        Assert.Contains("15 bytes, where 16", Refusal(Zip(("a/data.pkl", pickle), ("a/data/0", new byte[15]))));
        Assert.Contains("0 members NAME/data.pkl", Refusal(Zip(("a/b", pickle))));
        Assert.Contains("2 members NAME/data.pkl", Refusal(Zip(("a/data.pkl", pickle), ("b/data.pkl", pickle))));
        Assert.Contains("two members", Refusal(Zip(("a/data.pkl", pickle), ("a/data.pkl", pickle))));
        Assert.Contains("bytes follow the pickle", Refusal(Zip(("a/data.pkl", [.. Pickle("N"), 0]))));
    }

    [Fact]
    public void Every_bit_of_the_stored_numbers_is_under_a_checksum()
    {
        var bytes = Golden("tensors.zip.pth");
        var offset = bytes.AsSpan().IndexOf(new byte[] { 0, 0, 0, 0, 0, 0, 0x80, 0x3f, 0, 0, 0, 0x40 });
        bytes[offset + 6] ^= 1;
        Assert.Contains("does not match its checksum", Refusal(bytes));
    }

    [Fact]
    public void Containers_that_hold_themselves_or_unfold_without_end_take_no_time()
    {
        // a = [a]
        Assert.Empty(PyTorchFile.Parse(Older(Pickle("]q\0h\0a")), "x").Tensors());
        // Two of the one before, sixty times: 2^60 leaves.
        var doubling = string.Concat(Enumerable.Range(1, 60).Select(i => $"h{(char)(i - 1)}h{(char)(i - 1)}\u0086q{(char)i}"));
        Assert.Empty(PyTorchFile.Parse(Older(Pickle("(]q\0" + doubling + "t")), "x").Tensors());
        var deep = new string(']', 100) + new string('a', 99);
        Assert.Contains("nested more than 64 deep", Assert.Throws<InvalidDataException>(() => PyTorchFile.Parse(Older(Pickle(deep)), "x").Tensors()).Message);
    }

    [Theory]
    [InlineData("]")]
    [InlineData("}")]
    [InlineData("(")]
    [InlineData("N\u0094")]
    [InlineData("N\u0085")]
    [InlineData("h\0")]
    public void What_a_pickle_builds_is_bounded_by_its_length(string operation)
    {
        var bytes = Older(Pickle("Nq\0" + string.Concat(Enumerable.Repeat(operation, 1 << 19))));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Refusal(bytes);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16L * bytes.Length + (1 << 20));
    }

    [Fact]
    public void Twenty_thousand_mutations_bring_nothing_but_clear_refusals()
    {
        byte[][] valid = [Golden("tensors.older.pth"), Golden("tensors.zip.pth"), Golden("expanded.older.pth"), Older(Tensor("K\0", "K\u0004\u0085", "K\u0001\u0085"), keys: "]U\u00010a", storages: Floats(1, 2, 3, 4))];
        var (accepted, refused) = Damage.Fuzz(valid, 20_000, 6, bytes => PyTorchFile.Parse(bytes, "fuzz.file").Tensors());
        Assert.InRange(refused, 5_000, 20_000);
        Assert.InRange(accepted, 100, 15_000);
    }

    [Fact]
    public void Other_files_are_not_taken_for_PyTorch_files()
    {
        Assert.False(PyTorchFile.Recognises([]));
        Assert.False(PyTorchFile.Recognises(Pickle("N")));
        Assert.Contains("begins neither", Refusal(Pickle("N")));
    }
}

using TorchSharp;
using static PackageContract.Tests.ModuleGolden;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace PackageContract.Tests;

[Collection("process-wide state")]
public class StateDictTests
{
    static TorchSharp.Modules.Sequential Network() => Sequential(("conv", Conv2d(3, 4, 3)), ("norm", BatchNorm2d(4)), ("act", ReLU()));

    static double[] All(Module module) => [.. module.state_dict().Values.SelectMany(Numbers)];

    [Fact]
    public void A_state_holds_parameters_and_then_buffers_under_dotted_names()
    {
        using var net = Network();
        Assert.Equal(
            ["conv.weight", "conv.bias", "norm.weight", "norm.bias", "norm.running_mean", "norm.running_var", "norm.num_batches_tracked"],
            net.state_dict().Keys);
        Assert.Equal(["m.conv.weight", "m.conv.bias"], net.state_dict(prefix: "m").Keys.Take(2));
    }

    [Fact]
    public void A_state_loaded_makes_networks_equal()
    {
        using var a = Network();
        using var b = Network();
        a.call(randn([2, 3, 5, 5])).Dispose();
        var (missing, unexpected) = b.load_state_dict(a.state_dict());
        Assert.Empty(missing);
        Assert.Empty(unexpected);
        Assert.Equal(All(a), All(b));
    }

    [Fact]
    public void A_state_that_does_not_fit_is_refused()
    {
        using var net = Network();
        var state = net.state_dict();
        state.Remove("conv.bias");
        state["other"] = zeros(2);
        Assert.ThrowsAny<Exception>(() => net.load_state_dict(state));
        var (missing, unexpected) = net.load_state_dict(state, strict: false);
        Assert.Equal(["conv.bias"], missing);
        Assert.Equal(["other"], unexpected);
        using var larger = Sequential(("conv", Conv2d(3, 4, 5)), ("norm", BatchNorm2d(4)));
        Assert.ThrowsAny<Exception>(() => net.load_state_dict(larger.state_dict()));
    }

    [Fact]
    public void What_is_saved_is_loaded_bit_for_bit()
    {
        using var a = Network();
        using var b = Network();
        a.call(randn([2, 3, 5, 5])).Dispose();
        string file = Path.Combine(Path.GetTempPath(), Guid.NewGuid() + ".dat");
        try
        {
            a.save(file);
            var loaded = new Dictionary<string, bool>();
            b.load(file, loadedParameters: loaded);
            Assert.Equal(All(a), All(b));
            Assert.Equal(7, loaded.Count(l => l.Value));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void The_layout_of_a_file_is_TorchSharps()
    {
        using var layer = Linear(2, 1);
        init.constant_(layer.weight!, 1.0);
        init.constant_(layer.bias!, -2.0);
        byte[] expected =
        [
            2,
            6, .. "weight"u8, 6, 2, 1, 2, 0, 0, 0x80, 0x3F, 0, 0, 0x80, 0x3F,
            4, .. "bias"u8, 6, 1, 1, 0, 0, 0, 0xC0,
        ];
        Assert.Equal(expected, Saved(layer));
    }

    static byte[] Saved(Module module)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        module.save(writer);
        writer.Flush();
        return stream.ToArray();
    }

    static void Load(Module module, byte[] bytes, bool strict = true)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        module.load(reader, strict);
    }

    [Fact]
    public void Every_truncated_file_is_refused()
    {
        using var net = Linear(3, 2);
        byte[] whole = Saved(net);
        for (int length = 0; length < whole.Length; length++)
        {
            Assert.ThrowsAny<Exception>(() => Load(net, whole[..length]));
        }
    }

    [Fact]
    public void Entries_that_do_not_fit_are_refused_or_passed_over()
    {
        using var net = Linear(3, 2);
        using var other = Linear(4, 2);
        using var named = Sequential(("fc", Linear(3, 2)));
        var before = All(net);
        Assert.ThrowsAny<Exception>(() => Load(net, Saved(other)));
        Assert.ThrowsAny<Exception>(() => Load(net, Saved(named)));
        Load(net, Saved(named), strict: false);
        Assert.Equal(before, All(net));
    }

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F })]
    [InlineData(new byte[] { 2, 0xFF, 0xFF, 0xFF, 0xFF, 7 })]
    [InlineData(new byte[] { 2, 6, 119, 101, 105, 103, 104, 116, 6, 0xFF, 0xFF, 0xFF, 0xFF, 7 })]
    [InlineData(new byte[] { 2, 6, 119, 101, 105, 103, 104, 116, 99, 1, 1 })]
    [InlineData(new byte[] { 2, 6, 119, 101, 105, 103, 104, 116, 6, 2, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 3 })]
    public void Hostile_numbers_end_in_an_exception(byte[] bytes)
    {
        using var net = Linear(3, 2);
        Assert.ThrowsAny<Exception>(() => Load(net, bytes));
    }

    [Fact]
    public void Conversion_keeps_values_and_what_an_optimiser_holds()
    {
        using var net = Network();
        using var optimizer = optim.SGD(net.parameters(), 0.1);
        var before = Numbers(net.get_parameter("conv.weight")!);
        net.to(ScalarType.Float64);
        Assert.All(net.parameters(), p => Assert.Equal(ScalarType.Float64, p.dtype));
        Assert.Equal(ScalarType.Int64, net.get_buffer("norm.num_batches_tracked")!.dtype);
        Assert.Equal(before, Numbers(net.get_parameter("conv.weight")!));
        net.@float();
        Assert.All(net.parameters(), p => Assert.Equal(ScalarType.Float32, p.dtype));
    }
}

using ResearchKit.Experiments;
using ResearchKit.Formats;
using ResearchKit.Measuring;
using ResearchKit.Models;
using ResearchKit.Papers.SqueezeNet;
using ResearchKit.Tests.Experiments;
using ResearchKit.Training;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Papers;

[Collection(nameof(GlobalGenerator))]
public sealed class SqueezeNetTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    static FirePlan Tiny => new() { BaseExpand = 8, ExpandStep = 8, StemFilters = 8, StemSide = 3, StemStride = 1, StemPadding = 1, PoolBefore = [0, 2], Modules = 4, Classes = 10, SqueezeRatio = 0.5 };

    public static IEnumerable<TheoryDataRow<string>> Rows => Table1.Rows.Select(r => new TheoryDataRow<string>(r.Name));

    [Theory]
    [MemberData(nameof(Rows))]
    public void Each_row_of_table_1_is_counted_and_built(string name)
    {
        using var net = new FireNet(FirePlan.Version10);
        var row = Table1.Rows.Single(r => r.Name == name);
        Assert.Equal(row.Parameters, Table1.Count(FirePlan.Version10, name));
        Assert.Equal(row.Parameters, net.named_parameters().Where(p => p.name.Split('.')[0] == name).Sum(p => p.parameter.numel()));
    }

    [Fact]
    public void After_pruning_table_1_keeps_what_it_prints_with_30_per_cent_in_fire8()
    {
        Assert.Equal(Table1.Rows.Select(r => r.Pruned), Table1.Rows.Select(r => Table1.CountPruned(FirePlan.Version10, r.Name)));
        Assert.Equal(421_098, Table1.Rows.Sum(r => Table1.CountPruned(FirePlan.Version10, r.Name)));
        // With the printed 33 % fire8 would keep 82,005: 64 + 256 + 256 biases, all 24,576 and half of 16,384 weights, 33 % of 147,456.
        Assert.Equal(82_005, 64 + 256 + 256 + (384 * 64) + (64 * 256 / 2) + (long)Math.Ceiling(0.33m * 9 * 64 * 256));
    }

    [Fact]
    public void Sizes_follow_from_the_five_numbers_of_section_5()
    {
        Assert.Equal(
            [new(16, 64, 64), new(16, 64, 64), new(32, 128, 128), new(32, 128, 128), new(48, 192, 192), new(48, 192, 192), new(64, 256, 256), new FireSize(64, 256, 256)],
            Enumerable.Range(0, 8).Select(FirePlan.Version10.SizeOf));
        var other = new FirePlan { BaseExpand = 100, ExpandStep = 50, Frequency = 3, Share3x3 = 0.2, SqueezeRatio = 0.3 };
        Assert.Equal(new FireSize(30, 80, 20), other.SizeOf(2));
        Assert.Equal(new FireSize(45, 120, 30), other.SizeOf(3));
        // At least one filter of each kind, however small the share.
        Assert.Equal(new FireSize(1, 7, 1), (Tiny with { Share3x3 = 0, SqueezeRatio = 0.01 }).SizeOf(0));
        Assert.Equal(new FireSize(4, 1, 7), (Tiny with { Share3x3 = 1 }).SizeOf(0));
    }

    [Theory]
    [InlineData(Bypass.None, false)]
    [InlineData(Bypass.Simple, true)]
    [InlineData(Bypass.Complex, false)]
    [InlineData(Bypass.Complex, true)]
    public void Counts_of_the_plan_are_those_of_the_network(Bypass bypass, bool normalised)
    {
        using var net = new FireNet(Tiny with { Bypass = bypass, Normalised = normalised });
        Assert.Equal(net.Plan.Parameters, net.parameters().Sum(p => p.numel()));
        Assert.Equal(net.Plan.Layers.Select(l => l.Weights).Order(), net.named_parameters().Where(p => p.parameter.dim() == 4).Select(p => p.parameter.numel()).Order());
        Assert.All(net.Plan.Layers, l => Assert.Equal(l.Weights, net.get_parameter(l.Name + ".weight")!.numel()));
    }

    // The parameters were counted apart from this code, from the formulas of section 5.1.
    [Theory]
    [InlineData(0.125, 0.5, 1_248_424)]
    [InlineData(0.25, 0.5, 1_967_080)]
    [InlineData(0.375, 0.5, 2_685_736)]
    [InlineData(0.5, 0.5, 3_404_392)]
    [InlineData(0.75, 0.5, 4_841_704)]
    [InlineData(1, 0.5, 6_279_016)]
    [InlineData(0.5, 0.01, 1_478_248)]
    [InlineData(0.5, 0.125, 1_929_832)]
    [InlineData(0.5, 0.25, 2_421_352)]
    [InlineData(0.5, 0.375, 2_912_872)]
    [InlineData(0.5, 0.625, 3_895_912)]
    [InlineData(0.5, 0.75, 4_387_432)]
    [InlineData(0.5, 0.875, 4_878_952)]
    [InlineData(0.5, 0.99, 5_330_536)]
    public void Networks_of_figure_3_have_the_parameters_that_were_counted_apart(double ratio, double share, long parameters)
    {
        Assert.Equal(parameters, (FirePlan.Version10 with { SqueezeRatio = ratio, Share3x3 = share }).Parameters);
        Assert.Equal(4 * parameters, WorkedExamples.Bytes(share == 0.5 ? WorkedExamples.WithSqueezeRatio(ratio) : WorkedExamples.WithShare(share)));
    }

    [Fact]
    public void The_complex_bypass_adds_341248_parameters()
    {
        Assert.Equal(1_248_424, (FirePlan.Version10 with { Bypass = Bypass.Simple }).Parameters);
        Assert.Equal(1_248_424 + 341_248, (FirePlan.Version10 with { Bypass = Bypass.Complex }).Parameters);
        var complex = FirePlan.Version10 with { Bypass = Bypass.Complex };
        Assert.Equal(["fire2", "fire4", "fire6", "fire8"], Enumerable.Range(0, 8).Where(complex.HasShortcut).Select(FirePlan.NameOf));
        Assert.Equal(["fire3", "fire5", "fire7", "fire9"], Enumerable.Range(0, 8).Where(complex.HasIdentity).Select(FirePlan.NameOf));
    }

    [Theory]
    [InlineData("squeezenet-1.0", 0)]
    [InlineData("squeezenet-1.0-caffe", 1)]
    [InlineData("squeezenet-1.1", 0)]
    public void Plans_of_both_versions_give_what_the_networks_of_the_catalog_give(string name, int padding)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        manual_seed(1);
        using var known = ModelCatalog.All.Single(m => m.Name == name).Create(10);
        using var net = new FireNet((name.Contains("1.1", StringComparison.Ordinal) ? FirePlan.Version11 : FirePlan.Version10) with { Classes = 10, FinalPadding = padding });
        // Both list conv1, the fire modules in order, conv10.
        var (theirs, ours) = (known.named_parameters().ToArray(), net.named_parameters().OrderBy(p => Place(p.name)).ToArray());
        Assert.Equal(theirs.Length, ours.Length);
        foreach (var ((_, from), (_, to)) in theirs.Zip(ours))
        {
            Assert.Equal(from.shape, to.shape);
            to.copy_(from);
        }

        known.eval();
        net.eval();
        var input = randn([2, 3, 67, 71]);
        Assert.InRange((known.call(input) - net.call(input)).abs().max().ToDouble(), 0, 1e-6);

        static int Place(string name) => name.Split('.')[0] is var module && module.StartsWith("fire", StringComparison.Ordinal) ? int.Parse(module[4..]) : module == "conv1" ? 1 : 10;
    }

    [Fact]
    public void Logits_are_means_of_maps_and_negative_only_without_the_last_relu()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Tensor Logits(bool relu)
        {
            manual_seed(1);
            using var net = new FireNet(Tiny with { FinalRelu = relu });
            net.eval();
            manual_seed(2);
            return net.call(randn([3, 3, 12, 12]));
        }

        Assert.True(Logits(true).ge(0).all().ToBoolean());
        Assert.True(Logits(false).lt(0).any().ToBoolean());
        Assert.True(Logits(true).ge(Logits(false)).all().ToBoolean());
    }

    [Fact]
    public void A_bypass_adds_the_input_or_its_1x1_convolution()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        manual_seed(1);
        var x = randn([2, 6, 5, 4]);
        Tensor Of(Bypass bypass, int expand, out FireModule module)
        {
            using var plain = new FireModule(6, new(2, expand / 2, expand - (expand / 2)));
            module = new(6, new(2, expand / 2, expand - (expand / 2)), bypass);
            foreach (var (name, from) in plain.named_parameters())
            {
                // The same filters each time.
                from.copy_((arange(from.numel(), dtype: float32) * 0.7).sin().view(from.shape));
                module.get_parameter(name)!.copy_(from);
            }

            return module.call(x);
        }

        var plain = Of(Bypass.None, 6, out _);
        Assert.InRange((Of(Bypass.Simple, 6, out _) - plain - x).abs().max().ToDouble(), 0, 1e-6);
        Assert.InRange((Of(Bypass.Complex, 6, out _) - plain - x).abs().max().ToDouble(), 0, 1e-6); // channels match: no convolution
        var wider = Of(Bypass.None, 8, out _);
        Assert.True(Of(Bypass.Simple, 8, out _).equal(wider)); // channels differ: nothing can be added
        var around = Of(Bypass.Complex, 8, out var module) - wider;
        var expected = nn.functional.conv2d(x, module.get_parameter("shortcut.weight")!, module.get_parameter("shortcut.bias")!);
        Assert.InRange((around - expected).abs().max().ToDouble(), 0, 1e-6);
    }

    // Independent: each layer of Caffe's bvlc_alexnet by hand.
    [Fact]
    public void Alexnet_has_its_parameters_and_macs()
    {
        using var net = AlexNet.Create();
        var summary = ModelSummary.Of(net, 3, 227, 227);
        Assert.Equal(60_965_224, summary.Parameters);
        Assert.Equal(AlexNet.Parameters, summary.Parameters);
        long macs = (34_848L * 55 * 55) + (307_200L * 27 * 27) + ((884_736L + 663_552 + 442_368) * 13 * 13) + 37_748_736 + 16_777_216 + 4_096_000;
        Assert.Equal(macs, summary.Macs);
        Assert.Equal([256, 6, 6], summary.Layers.Single(l => l.Name == "pool5").OutputShape);
    }

    [Fact]
    public void A_compressed_network_comes_back_from_its_file()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        manual_seed(1);
        using var net = new FireNet(Tiny with { Normalised = true, Bypass = Bypass.Complex });
        net.call(randn([8, 3, 16, 16])); // running statistics that are not those of a new network
        net.eval();
        string[] layers = [.. net.Plan.Layers.Select(l => l.Name)];
        using var pruning = new Pruning(net, layers.ToDictionary(l => l, l => Table1.DensityOf(l) / 100.0));
        var storage = Compression.Write(net, _folder.File("net.rkdc"), layers.ToDictionary(l => l, _ => 6), 4);
        Assert.Equal(storage.TotalBytes, new FileInfo(_folder.File("net.rkdc")).Length);
        manual_seed(2);
        using var decoded = new FireNet(net.Plan);
        Weights.Load(decoded, _folder.File("net.rkdc"));
        decoded.eval();
        var x = randn([4, 3, 16, 16]);
        Assert.True(net.call(x).equal(decoded.call(x)));
        foreach (var layer in net.Plan.Layers)
        {
            var weight = decoded.get_parameter(layer.Name + ".weight")!;
            // Rounded half to even where half a weight would be kept; a shared value of zero is none.
            Assert.InRange(weight.count_nonzero().ToInt64(), 1, (layer.Weights * Table1.DensityOf(layer.Name) / 100.0) + 0.5);
            Assert.InRange(weight.flatten().data<float>().ToArray().Where(v => v != 0).Distinct().Count(), 1, 63);
        }

        Assert.Equal(net.state_dict().Where(s => !s.Key.EndsWith("num_batches_tracked", StringComparison.Ordinal)).Sum(s => s.Value.numel()), Compression.Numbers(net));
        Assert.Contains(CompressedModelFile.Read(_folder.File("net.rkdc")), t => t is DenseTensor { Name: "fire2.expandNorm.running_mean" });
    }

    [Fact]
    public void Densities_are_those_of_table_1_by_layer()
    {
        Assert.Equal(33, Table1.DensityOf("fire2.expand3x3"));
        Assert.Equal(50, Table1.DensityOf("fire7.squeeze"));
        Assert.Equal(50, Table1.DensityOf("fire8.expand1x1"));
        Assert.Equal(20, Table1.DensityOf("conv10"));
        Assert.Equal(100, Table1.DensityOf("fire4.shortcut"));
        Assert.Contains("fire12", Assert.Throws<ArgumentException>(() => Table1.DensityOf("fire12.squeeze")).Message, StringComparison.Ordinal);
        Assert.Contains("pool", Assert.Throws<ArgumentException>(() => Table1.DensityOf("fire2.pool")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_that_makes_no_network_is_refused_by_name()
    {
        void Refused(string name, FirePlan plan) => Assert.StartsWith(name + " is ", Assert.Throws<ArgumentException>(() => new FireNet(plan)).Message, StringComparison.Ordinal);
        Refused("SqueezeRatio", Tiny with { SqueezeRatio = 1.5 });
        Refused("Share3x3", Tiny with { Share3x3 = -0.1 });
        Refused("Frequency", Tiny with { Frequency = 0 });
        Refused("BaseExpand", Tiny with { BaseExpand = 1 });
        Refused("Modules", Tiny with { Modules = 0 });
    }

    [Theory]
    [InlineData("images", "Images=0")]
    [InlineData("squeezeRatios", "SqueezeRatios=0.125,0.5")]
    [InlineData("squeezeRatios", "SqueezeRatios=0.125,0.5,1,2")]
    [InlineData("shares3x3", "Shares3x3=0.01")]
    [InlineData("modules", "Modules=9")]
    [InlineData("codeBits", "CodeBits=1")]
    [InlineData("dropout", "Dropout=1")]
    public void Parameters_that_make_no_experiment_are_refused_by_name(string name, string setting)
    {
        var recipe = new SqueezeNetRecipe();
        var parameters = ParameterSettings.Apply(recipe.Parameters(Scale.Smoke), [setting]);
        var run = new Experiment { Scale = Scale.Smoke, Seed = 1, Folder = _folder.Path };
        Assert.StartsWith(name + " ", Assert.Throws<UsageException>(() => recipe.Run(parameters, run)).Message, StringComparison.Ordinal);
    }
}

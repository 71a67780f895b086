using System.Diagnostics;
using ResearchKit.Formats;
using ResearchKit.Models;
using ResearchKit.Papers.Distillation;
using ResearchKit.Papers.DoReFaNet;
using ResearchKit.Papers.FitNets;
using ResearchKit.Papers.NoisyTeachers;
using ResearchKit.Papers.ShallowMimic;
using ResearchKit.Papers.SparseFace;
using ResearchKit.Papers.SqueezeNet;
using ResearchKit.Papers.StochasticDepth;
using ResearchKit.Papers.XnorNet;
using ResearchKit.Tests.Contract;
using ResearchKit.Training;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Formats;

sealed class OnnxSample : FormatSample
{
    public override Type Covers => typeof(OnnxFile);

    public override IEnumerable<byte[]> Files() => [Write(Small(strided: true)), Write(Small(strided: false))];

    public override object Read(byte[] bytes) => OnnxFile.Parse(bytes, "fuzz.file");

    public override byte[] ReadAndWrite(byte[] bytes) => Write(OnnxFile.Parse(bytes, "fuzz.file"));

    internal static byte[] Write(OnnxModel model)
    {
        using var stream = new MemoryStream();
        OnnxFile.Write(stream, model);
        return stream.ToArray();
    }

    /// <summary>One of each operator that the networks are made of, or the fewest that make a network.</summary>
    internal static OnnxModel Small(bool strided)
    {
        OnnxAttribute[] window = [new("dilations", new long[] { 1, 1 }), new("kernel_shape", new long[] { 1, 1 }), new("pads", new long[4]), new("strides", new long[] { 1, 1 })];
        OnnxNode flatten = new("Flatten", ["x"], "flat", [new("axis", 1L)]);
        return strided
            ? new("small", "images", [2, 4, 4], "y", 3,
                [
                    new("Conv", ["images", "w"], "c", [new("group", 1L), .. window]),
                    new("BatchNormalization", ["c", "one", "one", "one", "one"], "n", [new("epsilon", 1e-5f)]),
                    new("MaxPool", ["n"], "m", [new("ceil_mode", 1L), .. window]),
                    new("Slice", ["m", "zero", "end", "axis", "two"], "s", []),
                    new("Pad", ["s", "pads"], "p", []),
                    new("Relu", ["p"], "r", []),
                    new("Add", ["r", "p"], "a", []),
                    new("Concat", ["a"], "x", [new("axis", 1L)]),
                    new("GlobalAveragePool", ["x"], "g", []),
                    flatten with { Inputs = ["g"], Output = "y" },
                ],
                [
                    SafeTensor.Of<float>("w", [1, 2, 1, 1], [1, -2]), SafeTensor.Of<float>("one", [1], [1]), SafeTensor.Of<long>("zero", [1], [0]),
                    SafeTensor.Of<long>("end", [1], [long.MaxValue]), SafeTensor.Of<long>("axis", [1], [2]), SafeTensor.Of<long>("two", [1], [2]),
                    SafeTensor.Of<long>("pads", [8], [0, 1, 0, 0, 0, 1, 0, 0]),
                ])
            : new("linear", "x", [1, 1, 2], "y", 1, [flatten, new("Gemm", ["flat", "w", "b"], "y", [new("transB", 1L)])],
                [SafeTensor.Of<float>("w", [1, 2], [3, 4]), SafeTensor.Of<float>("b", [1], [-1])]);
    }
}

[Collection(nameof(GlobalGenerator))]
public class OnnxFileTests
{
    public static IEnumerable<TheoryDataRow<string>> Names => ModelCatalog.All.Select(e => new TheoryDataRow<string>(e.Name));

    /// <summary>Networks of papers, and thinned ones.</summary>
    static readonly Dictionary<string, (Func<nn.Module<Tensor, Tensor>> Create, long[] InputShape, long Classes)> s_networks = new()
    {
        ["dense teacher"] = (() => new Teacher(784, 30, 10, 0.2, 0.5), [1, 28, 28], 10),
        ["stochastic depth"] = (() => new StochasticDepthNet(new CifarResNet(14), LinearDecay.Survival(6, 0.5)), [3, 32, 32], 10),
        ["B-LeNet"] = (() => ResearchKit.Papers.BranchyNet.Architectures.LeNet(), [1, 28, 28], 10),
        ["B-AlexNet"] = (() => ResearchKit.Papers.BranchyNet.Architectures.AlexNet(7), [3, 32, 32], 7),
        ["maxout student"] = (() => new MaxoutNet(MaxoutPlan.MnistStudent, 0.3), [1, 28, 28], 10),
        ["maxout FitNet 1"] = (() => new MaxoutNet(MaxoutPlan.FitNets[0] with { Pieces = 3 }, 0.2), [3, 32, 32], 10),
        ["network in network"] = (() => new PlannedNet(NetPlan.NetworkInNetwork, 3, 32, 10), [3, 32, 32], 10),
        ["noisy student"] = (() => new PlannedNet(NetPlan.Student3, 3, 32, 10), [3, 32, 32], 10),
        ["shallow"] = (() => new ShallowNet(new(3, 32, 10, 40, Bottleneck: 20, Maps: 8), new LogitScaling(randn(10), rand(10) + 0.5)), [3, 32, 32], 10),
        ["deep"] = (() => new DeepNet(1, 20, 10, 8, 0.5), [1, 20, 20], 10),
        ["faces"] = (() => new FaceNet(1, 56, 46, [4, 6, 8], 3, 12, 40), [1, 56, 46], 40),
        ["fire"] = (() => new FireNet(Fire with { Bypass = Bypass.Simple }), [3, 32, 32], 10),
        ["fire, complex, normalised"] = (() => new FireNet(Fire with { Bypass = Bypass.Complex, Normalised = true, FinalRelu = true }), [3, 32, 32], 10),
        ["float"] = (() => new BinaryNetwork(NetworkPlan.SmallNin, new() { Binarisation = Binarisation.None }), [3, 32, 32], 10),
        ["BWN"] = (() => new BinaryNetwork(NetworkPlan.LeNet5, new() { Binarisation = Binarisation.Weights, Scale = FilterScale.Learned }), [1, 28, 28], 10),
        ["XNOR"] = (() => new BinaryNetwork(NetworkPlan.SmallNin, new()), [3, 32, 32], 10),
        ["XNOR with K"] = (() => new BinaryNetwork(NetworkPlan.LeNet5, new() { InputScale = true }), [1, 28, 28], 10),
        ["XNOR, convolved first"] = (() => new BinaryNetwork(NetworkPlan.Nin.Narrowed(0.1), new() { Scale = FilterScale.One }, BlockOrder.ConvolvedFirst), [3, 32, 32], 10),
        ["DoReFa (1, 2)"] = (() => new DoReFaNetwork(NetworkPlan.SmallNin, new(1, 2, 6)), [3, 32, 32], 10),
        ["DoReFa (2, 32)"] = (() => new DoReFaNetwork(NetworkPlan.LeNet5, new(2, 32, 32)), [1, 28, 28], 10),
        ["DoReFa (32, 32)"] = (() => new DoReFaNetwork(NetworkPlan.ModelA.Narrowed(0.2), new(32, 32, 32)), [3, 32, 32], 10),
        ["thinned perceptron"] = (() => Thinned(new LeNet300100()), [1, 28, 28], 10),
        ["thinned LeNet-5"] = (() => Thinned(new LeNet5()), [1, 28, 28], 10),
        ["thinned ResNet-14"] = (() => Thinned(new CifarResNet(14)), [3, 32, 32], 10),
    };

    static FirePlan Fire => new() { BaseExpand = 8, ExpandStep = 8, StemFilters = 8, StemSide = 3, StemStride = 1, StemPadding = 1, Classes = 10, FinalRelu = false };

    public static IEnumerable<TheoryDataRow<string>> Papers => s_networks.Keys.Select(n => new TheoryDataRow<string>(n));

    /// <summary>Without half of its inputs, filters and neurons, and, of a residual network, without the residuals of two blocks.</summary>
    static nn.Module<Tensor, Tensor> Thinned(nn.Module<Tensor, Tensor> network)
    {
        using var noGrad = no_grad();
        Statistics(network);
        foreach (var (name, weight) in network.named_parameters().Where(p => p.parameter.dim() > 1))
        {
            if (name is "layer1.0.conv2.weight" or "layer2.0.conv2.weight")
                weight.zero_();
            else if (weight.dim() == 2 && weight.shape[1] == 784)
                weight.narrow(1, 0, 400).zero_();
            else if (name.EndsWith("conv1.weight", StringComparison.Ordinal) || name.StartsWith("ip1", StringComparison.Ordinal))
                weight.narrow(0, 0, weight.shape[0] / 2).zero_();
        }
        return Thinning.Of(network);
    }

    static nn.Module<Tensor, Tensor> Trained(Func<nn.Module<Tensor, Tensor>> create)
    {
        manual_seed(31);
        var model = create();
        Statistics(model);
        return model;
    }

    static void Statistics(nn.Module model)
    {
        using var noGrad = no_grad();
        // As training leaves them: statistics and biases that are not those of a new network.
        foreach (var (name, buffer) in model.named_buffers())
        {
            if (name.EndsWith("running_mean", StringComparison.Ordinal))
                buffer.normal_(0, 0.1);
            if (name.EndsWith("running_var", StringComparison.Ordinal))
                buffer.uniform_(0.5, 1.5);
        }
        foreach (var (_, parameter) in model.named_parameters().Where(p => p.parameter.dim() == 1))
            parameter.add_(randn(parameter.shape) * 0.1);
        model.eval();
    }

    static byte[] Export(nn.Module<Tensor, Tensor> model, IReadOnlyList<long> inputShape, string name) => OnnxSample.Write(OnnxGraph.Of(model, inputShape, name));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_network_of_the_catalog_computes_the_same_logits_from_its_file(string name)
    {
        var entry = ModelCatalog.All.Single(e => e.Name == name);
        using var model = Trained(() => entry.Create(entry.Classes));
        SameLogits(model, entry.InputShape, entry.Classes, name);
    }

    [Theory]
    [MemberData(nameof(Papers))]
    public void A_network_of_a_paper_computes_the_same_logits_from_its_file(string name)
    {
        var (create, inputShape, classes) = s_networks[name];
        using var model = Trained(create);
        SameLogits(model, inputShape, classes, name);
    }

    static void SameLogits(nn.Module<Tensor, Tensor> model, IReadOnlyList<long> inputShape, long classes, string name)
    {
        var graph = OnnxFile.Parse(Export(model, inputShape, name), name);
        foreach (var batch in new[] { 1, 2 })
        {
            using var noGrad = no_grad();
            using var images = randn([batch, .. inputShape]);
            using var expected = model.call(images);
            using var logits = new OnnxRunner(graph).Run(images);
            Assert.Equal([batch, classes], logits.shape);
            var largest = expected.abs().max().item<float>();
            Assert.True(largest > 0.01, $"The logits are at most {largest}: too small to tell.");
            Assert.InRange((logits - expected).abs().max().item<float>() / largest, 0, 1e-5f);
        }

        // The weights are the network's own, under its own names.
        foreach (var (parameter, value) in model.named_parameters())
        {
            if (parameter.StartsWith("branches.", StringComparison.Ordinal))
                continue; // of early exits, which are no part of the trunk
            // A learned scale is called what it is in the paper.
            var stored = graph.Initializers.Single(t => t.Name == parameter.Replace(".scale", ".alpha", StringComparison.Ordinal));
            Assert.Equal(value.numel(), stored.Shape.Aggregate(1L, (a, n) => a * n)); // a bias may be in the form in which it is added
        }
    }

    [Fact]
    public void The_checker_of_onnx_accepts_each_network()
    {
        // A distribution's package is seen by its own Python alone, which need not be the first of the path.
        var python = new[] { "python3", "/usr/bin/python3" }.FirstOrDefault(p => Python(p, "import onnx").Code == 0);
        Assert.SkipUnless(python is not null, "Python 3 with the package onnx is not installed, so its checker cannot be asked.");
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            (string Name, Func<nn.Module<Tensor, Tensor>> Create, IReadOnlyList<long> InputShape, long Classes)[] all =
            [
                .. ModelCatalog.All.Select(e => (e.Name, new Func<nn.Module<Tensor, Tensor>>(() => e.Create(e.Classes)), e.InputShape, (long)e.Classes)),
                .. s_networks.Select(n => (n.Key.Replace(' ', '_'), n.Value.Create, (IReadOnlyList<long>)n.Value.InputShape, n.Value.Classes)),
            ];
            foreach (var (name, create, inputShape, _) in all)
            {
                using var model = Trained(create);
                File.WriteAllBytes(Path.Combine(folder.FullName, $"{name}.onnx"), Export(model, inputShape, name));
            }
            var (code, output) = Python(
                python,
                $"""
                import glob, onnx
                for path in sorted(glob.glob('{folder.FullName}/*.onnx')):
                    model = onnx.load(path)
                    onnx.checker.check_model(model, full_check=True)
                    model.graph.output[0].type.tensor_type.ClearField('shape') # It is inferred from the nodes.
                    inferred = onnx.shape_inference.infer_shapes(model, strict_mode=True, data_prop=True)
                    output = inferred.graph.output[0].type.tensor_type.shape.dim
                    print(model.graph.name, output[0].dim_param, output[1].dim_value, model.ir_version, model.opset_import[0].version)
                """);
            Assert.True(code == 0, output);
            Assert.Equal(all.Select(n => $"{n.Name} N {n.Classes} 8 13").Order(StringComparer.Ordinal), output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static (int Code, string Output) Python(string python, string program)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(python, ["-c", program]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output + error.Result);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return (-1, e.Message);
        }
    }

    [Fact]
    public void A_graph_computes_what_was_computed_by_hand()
    {
        using var logits = new OnnxRunner(OnnxSample.Small(strided: false)).Run(tensor(new float[] { 1, 2, 10, 20 }).reshape(2, 1, 1, 2));
        Assert.Equal([10f, 109f], logits.data<float>().ToArray());

        // The convolution gives 1 - 2 * 1 = -1, the norm about 1 - 2 = -1, shown by the second channel of padding around it.
        using var strided = new OnnxRunner(OnnxSample.Small(strided: true)).Run(ones(1, 2, 4, 4));
        float norm = (float)((-2 / Math.Sqrt(1 + 1e-5)) + 1);
        float[] values = [.. strided.data<float>()];
        Assert.Equal(0, values[0]);
        Assert.Equal(norm, values[1], 1e-6f);
        Assert.Equal(0, values[2]);
    }

    [Fact]
    public void Damaged_files_are_refused_with_a_clear_error()
    {
        byte[][] files = [.. new OnnxSample().Files()];
        foreach (var file in files)
        {
            for (var length = 0; length < file.Length; length++)
                Assert.Contains("'cut'", Assert.Throws<InvalidDataException>(() => OnnxFile.Parse(file.AsMemory(0, length), "cut")).Message);
        }
        var (accepted, refused) = Damage.Fuzz(files, 5_000, 41, bytes => OnnxFile.Parse(bytes, "fuzz.file"));
        Assert.Equal(5_000, accepted + refused);
        Assert.InRange(refused, 2_500, 5_000);
    }

    [Fact]
    public void A_graph_that_is_none_is_neither_written_nor_computed()
    {
        var good = OnnxSample.Small(strided: false);
        void Refused(string message, OnnxModel model) => Assert.Contains(message, Assert.Throws<ArgumentException>(() => OnnxSample.Write(model)).Message);
        Refused("takes 'none'", good with { Nodes = [good.Nodes[0], good.Nodes[1] with { Inputs = ["flat", "w", "none"] }] });
        Refused("the operator 'Softmax' is none of", good with { Nodes = [good.Nodes[0] with { Operator = "Softmax" }] });
        Refused("has an impossible axis", good with { Nodes = [good.Nodes[0] with { Attributes = [new("axis", 2L)] }] });
        Refused("has the attributes ''", good with { Nodes = [good.Nodes[0] with { Attributes = [] }] });
        Refused("no node makes the output 'z'", good with { Output = "z" });
        Refused("'w' is given twice", good with { Initializers = [.. good.Initializers, good.Initializers[0]] });
        Refused("does not fit its 8 bytes", good with { Initializers = [good.Initializers[0] with { Shape = [3] }, good.Initializers[1]] });

        var narrow = good with { Initializers = [SafeTensor.Of<float>("w", [1, 3], [1, 2, 3]), good.Initializers[1]] };
        Assert.Contains("cannot be computed at Gemm 'y'", Assert.Throws<InvalidDataException>(() => new OnnxRunner(narrow).Run(ones(1, 1, 1, 2))).Message);
        Assert.Contains("takes [N, 1, 1, 2]", Assert.Throws<ArgumentException>(() => new OnnxRunner(good).Run(ones(1, 1, 2, 2))).Message);
    }

    [Fact]
    public void A_network_that_has_no_graph_is_refused()
    {
        using var sact = new ResearchKit.Papers.Sact.SactResNet(2, ResearchKit.Papers.Sact.Adaptivity.Position, 10, bias: -1);
        Assert.Contains("from image to image", Assert.Throws<NotSupportedException>(() => OnnxGraph.Of(sact, [3, 32, 32], "x")).Message);
        using var tanh = nn.Sequential(nn.Linear(2, 2), nn.Tanh());
        Assert.Contains("'1' is a Tanh", Assert.Throws<NotSupportedException>(() => OnnxGraph.Of(tanh, [2], "x")).Message);
    }
}

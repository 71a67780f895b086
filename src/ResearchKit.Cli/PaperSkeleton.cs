using ResearchKit.Reports;

namespace ResearchKit.Cli;

/// <summary>The files of a paper that is still to be filled in: they compile, and the contract tests say what is missing.</summary>
/// <param name="slug">The recipe's name, such as <c>network-slimming</c>.</param>
sealed class PaperSkeleton(string slug)
{
    public static string PapersFolder { get; } = Path.Combine("src", "ResearchKit", "Papers");

    public string Slug { get; } = slug;

    /// <summary>The name as namespace, folder and classes have it, such as <c>NetworkSlimming</c>.</summary>
    public string Name { get; } = string.Concat(slug.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    public string Folder => Path.Combine(PapersFolder, Name);

    public string TestFile => Path.Combine("tests", "ResearchKit.Tests", "Papers", $"{Name}Tests.cs");

    public IReadOnlyList<(string File, string Text)> Files =>
    [
        ($"{Name}Recipe.cs", Recipe),
        ($"{Name}Parameters.cs", Parameters),
        ("Claims.cs", Claims),
        ("README.md", Readme),
    ];

    public string Tests => $$"""
        namespace ResearchKit.Tests.Papers;

        public class {{Name}}Tests
        {
            [Fact]
            public void Equation_1_gives_a_number_that_the_paper_prints() => Assert.Fail("Compare with a number of the paper, or with one worked out by hand.");
        }

        """;

    string Recipe => $$"""
        using ResearchKit.Data;
        using ResearchKit.Experiments;
        using ResearchKit.Models;
        using ResearchKit.Training;
        using static TorchSharp.torch;

        namespace ResearchKit.Papers.{{Name}};

        /// <summary>The paper's title (arXiv:0000.00000).</summary>
        public sealed class {{Name}}Recipe : Recipe<{{Name}}Parameters>
        {
            /// <inheritdoc/>
            public override string Name => "{{Slug}}";

            /// <inheritdoc/>
            public override Paper Paper { get; } = new("The paper's title", "Its authors", "Its venue and year", "0000.00000");

            /// <inheritdoc/>
            public override string Idea => "The idea in one sentence.";

            /// <inheritdoc/>
            public override IReadOnlyList<Claim> Claims => {{Name}}.Claims.All;

            /// <inheritdoc/>
            public override string Budget(Scale scale) => scale switch
            {
                Scale.Smoke => "a few seconds, drawn shapes",
                Scale.Quick => "a few minutes, MNIST",
                _ => "to be measured",
            };

            /// <inheritdoc/>
            public override {{Name}}Parameters ParametersOf(Scale scale) => scale switch
            {
                Scale.Smoke => new() { Data = "shapes", Epochs = 2 },
                Scale.Quick => new(),
                _ => new() { Epochs = 60 },
            };

            /// <inheritdoc/>
            public override void Run({{Name}}Parameters parameters, Experiment run)
            {
                ArgumentNullException.ThrowIfNull(parameters);
                ArgumentNullException.ThrowIfNull(run);
                var data = run.Load(parameters.Data);
                var statistics = data.Train.ChannelStatistics();
                using var train = new Batches(data.Train, parameters.BatchSize, statistics, shuffle: true, seed: run.Seed);
                using var validation = new Batches(data.Validation, 500, statistics);
                using var test = new Batches(data.Test, 500, statistics);

                manual_seed(run.Seed);
                using var baseline = new LeNet5();
                var training = new Trainer
                {
                    What = "the baseline",
                    Model = baseline,
                    Train = train,
                    Validation = validation,
                    Plan = new TrainingPlan { Epochs = parameters.Epochs, LearningRate = parameters.Rate, Schedule = Schedule.Cosine },
                    Origin = $"seed {run.Seed}",
                };
                run.Train("baseline", "default initialisation", training);
                run.Value("error/baseline", Evaluation.Of(baseline, test, run.Cancellation).Error, "%");

                throw new NotImplementedException("The paper's technique comes here, and then run.Claim or run.NotTested for each of its claims.");
            }
        }

        """;

    string Parameters => $$"""
        namespace ResearchKit.Papers.{{Name}};

        /// <summary>What can be set with <c>--set name=value</c>.</summary>
        public sealed record {{Name}}Parameters
        {
            /// <summary>The data set: 28x28 grey digits, or the drawn shapes.</summary>
            public string Data { get; init; } = "mnist";

            /// <summary>Epochs of training.</summary>
            public int Epochs { get; init; } = 12;

            /// <summary>Images in a batch.</summary>
            public int BatchSize { get; init; } = 128;

            /// <summary>The highest learning rate, chosen on the validation split.</summary>
            public double Rate { get; init; } = 0.05;
        }

        """;

    string Claims => $$"""
        using ResearchKit.Experiments;

        namespace ResearchKit.Papers.{{Name}};

        /// <summary>What the paper claims, with the place of each number (arXiv:0000.00000).</summary>
        static class Claims
        {
            internal static IReadOnlyList<Claim> All { get; } =
            [
                new("table1-error", "Table 1", "One plain sentence of our own.", ClaimKind.Trained, "points", 0)
                {
                    NoEffect = 0.3,
                    Direction = Direction.Below,
                    BandHigh = 0.3,
                    Because = "Why this margin, said before the first run.",
                },
            ];
        }

        """;

    string Readme => $"""
        # The paper's title

        Its authors: *The paper's title*, its venue and year, arXiv:0000.00000.

        What it does, in a paragraph.

        ## Equations, and where they are

        | in the paper | method | test |
        | --- | --- | --- |
        | Eq. 1, what it says | `{Name}Recipe.Equation1` | `Equation_1_gives_a_number_that_the_paper_prints` |

        ## Departures, and why

        To be listed, each with its reason.

        ## Results

        {ReadmeResults.Begin}
        No run is committed yet. `./kit reproduce {Slug} --seeds 3` makes one; records are committed to `data/results`.
        {ReadmeResults.End}

        """;
}

using ResearchKit.Experiments;

namespace ResearchKit.Tests.Experiments;

public enum Init { Linear, Density, Random }

public sealed record ToyParameters
{
    public int Epochs { get; set; } = 3;
    public double LearningRate { get; init; } = 0.1;
    public bool Augment { get; init; } = true;
    public string Dataset { get; init; } = "mnist";
    public Init Init { get; init; }
    public int[] Widths { get; init; } = [300, 100];
    public IReadOnlyList<double> Densities { get; init; } = [0.08, 0.5];
    public Init[] Inits { get; init; } = [];
    public double? Clip { get; init; }
}

/// <summary>A recipe whose run is given by the test.</summary>
sealed class ToyRecipe(Action<ToyParameters, Experiment> run) : Recipe<ToyParameters>
{
    public ToyRecipe()
        : this((_, _) => { })
    {
    }

    public override string Name => "toy";
    public override Paper Paper { get; } = new("Toys", "A. Toy", "Toys 2016", "1601.00001");
    public override string Idea => "It is small.";

    public override IReadOnlyList<Claim> Claims { get; } =
    [
        new("weights", "Table 1", "It has 10 weights.", ClaimKind.Exact, "", 10),
        new("speed", "Fig. 1", "It is twice as fast.", ClaimKind.Measured, "x", 2) { NoEffect = 1, BandLow = 1.5 },
        new("gain", "Table 2", "It is better.", ClaimKind.Trained, "points", 5) { BandLow = 4, BandHigh = 6 },
    ];

    public override string Budget(Scale scale) => "no time";
    public override ToyParameters ParametersOf(Scale scale) => new() { Epochs = 1 + (int)scale };
    public override void Run(ToyParameters parameters, Experiment run1) => run(parameters, run1);
}

/// <summary>A folder that goes with the test.</summary>
sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("researchkit-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

using ResearchKit.Data;
using ResearchKit.Experiments;

namespace ResearchKit.Cli.Tests;

public sealed record ToyParameters
{
    public int Epochs { get; init; } = 3;
    public double Rate { get; init; } = 0.1;

    /// <summary>What the run ends with: nothing, <c>error</c>, <c>disk</c>, <c>data</c> or <c>cancel</c>.</summary>
    public string Ends { get; init; } = "";
}

/// <summary>Says its claims and leaves a file; ends as it is told to.</summary>
public sealed class ToyRecipe : Recipe<ToyParameters>
{
    public override string Name => "toy-net";
    public override Paper Paper { get; } = new("Toy nets [and markup]", "A. Toy and B. Play", "Toys 2016", "1601.00001");
    public override string Idea => "Smaller toys break less.";

    public override IReadOnlyList<Claim> Claims { get; } =
    [
        new("weights", "Table 1", "It has 10 weights.", ClaimKind.Exact, "", 10),
        new("gain", "Table 2", "It is [better].", ClaimKind.Trained, "points", 5) { BandLow = 4, BandHigh = 6 },
        new("speed", "Fig. 1", "It is faster.", ClaimKind.Measured, "x", 2) { NoEffect = 1 },
    ];

    public override string Budget(Scale scale) => "under a second";
    public override ToyParameters ParametersOf(Scale scale) => new();

    public override void Run(ToyParameters parameters, Experiment run)
    {
        run.Report("training", 0.5, "loss 0.1 [x]");
        if (parameters.Ends == "error")
            throw new InvalidOperationException("shapes do not fit");
        if (parameters.Ends == "disk")
            throw new IOException("the disk is full");
        if (parameters.Ends == "data")
        {
            CatalogFile file = new("toys.bin", 1, Sha256: new string('0', 64));
            new DataCache(Path.Combine(run.Folder, "cache")).Fetch(new("toys", "images", "Toys", "", "", "", "", [file], [new("folder")]));
        }
        if (parameters.Ends == "cancel")
            throw new OperationCanceledException();
        File.WriteAllText(Path.Combine(run.Folder, "toy.rkdc"), "abc");
        run.Claim("weights", 10);
        run.Claim("gain", 5 + (run.Seed / 10.0));
        run.NotTested("speed", "there is one machine only");
    }
}

/// <summary>Fails.</summary>
public sealed class BrokenRecipe : Recipe<ToyParameters>
{
    public override string Name => "broken-net";
    public override Paper Paper { get; } = new("Broken nets", "B. Roken", "Toys 2016", "1601.00004");
    public override string Idea => "It breaks.";
    public override IReadOnlyList<Claim> Claims { get; } = [];
    public override string Budget(Scale scale) => "no time";
    public override ToyParameters ParametersOf(Scale scale) => new();
    public override void Run(ToyParameters parameters, Experiment run) => throw new InvalidOperationException("it is [broken]");
}

/// <summary>Waits until it is cancelled.</summary>
public sealed class SlowRecipe : Recipe<ToyParameters>
{
    public override string Name => "slow-net";
    public override Paper Paper { get; } = new("Slow nets", "S. Low", "Toys 2016", "1601.00002");
    public override string Idea => "It waits.";
    public override IReadOnlyList<Claim> Claims { get; } = [];
    public override string Budget(Scale scale) => "a minute";
    public override ToyParameters ParametersOf(Scale scale) => new();

    public override void Run(ToyParameters parameters, Experiment run)
    {
        run.Report("waiting");
        run.Cancellation.WaitHandle.WaitOne(TimeSpan.FromMinutes(1));
        run.Cancellation.ThrowIfCancellationRequested();
    }
}

/// <summary>Does not listen to being cancelled.</summary>
public sealed class DeafRecipe : Recipe<ToyParameters>
{
    public override string Name => "deaf-net";
    public override Paper Paper { get; } = new("Deaf nets", "D. Eaf", "Toys 2016", "1601.00003");
    public override string Idea => "It goes on.";
    public override IReadOnlyList<Claim> Claims { get; } = [];
    public override string Budget(Scale scale) => "a minute";
    public override ToyParameters ParametersOf(Scale scale) => new();

    public override void Run(ToyParameters parameters, Experiment run)
    {
        run.Report("waiting");
        Thread.Sleep(TimeSpan.FromMinutes(1));
    }
}

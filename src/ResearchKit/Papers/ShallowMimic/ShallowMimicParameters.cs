using ResearchKit.Experiments;

namespace ResearchKit.Papers.ShallowMimic;

/// <summary>What can be set with <c>--set name=value</c>.</summary>
public sealed record ShallowMimicParameters
{
    /// <summary>Grey images, where students have no convolution: the stand-in for speech.</summary>
    public string Digits { get; init; } = "mnist";

    /// <summary>Colour images, where they may have one.</summary>
    public string Photos { get; init; } = "cifar10";

    /// <summary>Images with labels, on which teachers are trained.</summary>
    public int Labelled { get; init; } = 10_000;

    /// <summary>Images with teachers' logits instead: the labelled ones and others.</summary>
    public int Transfer { get; init; } = 25_000;

    /// <summary>Teachers in the ensemble; the first is the single one.</summary>
    public int Members { get; init; } = 3;

    /// <summary>Maps of a teacher's first two convolutions.</summary>
    public int TeacherWidth { get; init; } = 24;

    /// <summary>Epochs of each teacher on the labelled images.</summary>
    public int TeacherEpochs { get; init; } = 12;

    /// <summary>Share of units dropped in teachers' full layers, and in students on labels; students that mimic have none.</summary>
    public double Dropout { get; init; } = 0.5;

    /// <summary>Hidden units of students on digits.</summary>
    public int DigitUnits { get; init; } = 800;

    /// <summary>Linear units in front of them.</summary>
    public int DigitBottleneck { get; init; } = 100;

    /// <summary>Hidden units of students on photos.</summary>
    public int PhotoUnits { get; init; } = 2000;

    /// <summary>Linear units in front of them.</summary>
    public int PhotoBottleneck { get; init; } = 200;

    /// <summary>Maps of their one convolution.</summary>
    public int PhotoMaps { get; init; } = 16;

    /// <summary>Epochs of each student that mimics, over the transfer images; those on labels get as many steps.</summary>
    public int StudentEpochs { get; init; } = 6;

    /// <summary>Images in a batch.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>Adam's learning rate at the start; it falls to 0 along a cosine.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Refuses what makes no experiment.</summary>
    /// <exception cref="UsageException">A parameter is out of range; the message names it.</exception>
    internal void Check()
    {
        Require(nameof(Labelled), Labelled, Labelled > 0, "more than 0");
        Require(nameof(Transfer), Transfer, Transfer > Labelled, $"more than labelled, {Labelled}, so that some images have no label");
        Require(nameof(Members), Members, Members > 1, "more than 1");
        Require(nameof(TeacherWidth), TeacherWidth, TeacherWidth > 0, "more than 0");
        Require(nameof(TeacherEpochs), TeacherEpochs, TeacherEpochs > 0, "more than 0");
        Require(nameof(Dropout), Dropout, Dropout is >= 0 and < 1, "in [0, 1)");
        Require(nameof(DigitUnits), DigitUnits, DigitUnits > 0, "more than 0");
        Require(nameof(DigitBottleneck), DigitBottleneck, DigitBottleneck > 0, "more than 0");
        Require(nameof(PhotoUnits), PhotoUnits, PhotoUnits > 0, "more than 0");
        Require(nameof(PhotoBottleneck), PhotoBottleneck, PhotoBottleneck > 0, "more than 0");
        Require(nameof(PhotoMaps), PhotoMaps, PhotoMaps > 0, "more than 0");
        Require(nameof(StudentEpochs), StudentEpochs, StudentEpochs > 0, "more than 0");
        Require(nameof(BatchSize), BatchSize, BatchSize > 0, "more than 0");
        Require(nameof(LearningRate), LearningRate, LearningRate > 0, "more than 0");
    }

    static void Require(string name, double value, bool holds, string range)
    {
        if (!holds)
        {
            throw new UsageException($"{char.ToLowerInvariant(name[0])}{name[1..]} is {value}, but has to be {range}.");
        }
    }
}

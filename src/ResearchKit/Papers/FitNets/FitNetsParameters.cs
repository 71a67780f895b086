using ResearchKit.Experiments;

namespace ResearchKit.Papers.FitNets;

/// <summary>What can be set with <c>--set name=value</c>.</summary>
public sealed record FitNetsParameters
{
    /// <summary>Grey images of 28x28 pixels.</summary>
    public string Digits { get; init; } = "mnist";

    /// <summary>Colour images of 32x32 pixels.</summary>
    public string Photos { get; init; } = "cifar10";

    /// <summary>Digits to train on; 0 for all.</summary>
    public int DigitImages { get; init; } = 6_000;

    /// <summary>Photos to train on; 0 for all.</summary>
    public int PhotoImages { get; init; } = 3_000;

    /// <summary>Images of the validation split that are looked at after each epoch; 0 for all.</summary>
    public int ValidationImages { get; init; } = 1000;

    /// <summary>Epochs of the teacher of digits.</summary>
    public int DigitTeacherEpochs { get; init; } = 6;

    /// <summary>Epochs of the teacher of photos.</summary>
    public int PhotoTeacherEpochs { get; init; } = 8;

    /// <summary>Adam's first rate for teachers; it falls to 0 along a cosine.</summary>
    public double TeacherRate { get; init; } = 1e-3;

    /// <summary>Range of teachers' initial weights, which are even in (-range, range).</summary>
    public double TeacherRange { get; init; } = 0.05;

    /// <summary>Epochs of the first stage on digits. Students without hints get them in the second stage.</summary>
    public int DigitHintEpochs { get; init; } = 5;

    /// <summary>Epochs of the second stage on digits.</summary>
    public int DigitEpochs { get; init; } = 12;

    /// <summary>Epochs of the first stage on photos.</summary>
    public int PhotoHintEpochs { get; init; } = 3;

    /// <summary>Epochs of the second stage on photos.</summary>
    public int PhotoEpochs { get; init; } = 5;

    /// <summary>RMSProp's first rate for students on digits; it falls to 0 along a cosine.</summary>
    public double DigitRate { get; init; } = 5e-4;

    /// <summary>RMSProp's first rate for students on photos; the best of 0.0005, 0.001 and the paper's 0.005 for 11 layers, by validation error on labels and distilled.</summary>
    public double PhotoRate { get; init; } = 1e-3;

    /// <summary>Share of the second stage on digits in which lambda falls to 1: the paper's 150 of at most 500 epochs.</summary>
    public double DigitAnnealing { get; init; } = 0.3;

    /// <summary>The same on photos: the paper's 500 of 500.</summary>
    public double PhotoAnnealing { get; init; } = 1;

    /// <summary>Range of students' and regressors' initial weights.</summary>
    public double Range { get; init; } = 0.005;

    /// <summary>Relaxation of Eq. 1.</summary>
    public double Tau { get; init; } = 3;

    /// <summary>Lambda of Eq. 2 in the beginning.</summary>
    public double FirstLambda { get; init; } = 4;

    /// <summary>Images in a batch.</summary>
    public int BatchSize { get; init; } = 50;

    /// <summary>Nets on digits have one part in so many of the paper's maps.</summary>
    public int DigitDivisor { get; init; } = 1;

    /// <summary>Students on photos have one part in so many of the paper's maps and units.</summary>
    public int PhotoDivisor { get; init; } = 2;

    /// <summary>The teacher of photos has one part in so many of its maps and units.</summary>
    public int PhotoTeacherDivisor { get; init; } = 1;

    /// <summary>Whether the teacher of photos is the paper's; else it is small, with 3x3 filters.</summary>
    public bool LargeTeacher { get; init; }

    /// <summary>Layers of the students on photos, of 5, 7, 9 and 11.</summary>
    public IReadOnlyList<int> Depths { get; init; } = [5, 11];

    /// <summary>Images in a batch that is timed.</summary>
    public int TimedImages { get; init; } = 8;

    /// <summary>Rounds of timing.</summary>
    public int Rounds { get; init; } = 7;

    /// <summary>Refuses what makes no experiment.</summary>
    /// <exception cref="UsageException">A parameter is out of range; the message names it.</exception>
    internal void Check()
    {
        Require(nameof(DigitImages), DigitImages, DigitImages >= 0, "0 or more");
        Require(nameof(PhotoImages), PhotoImages, PhotoImages >= 0, "0 or more");
        Require(nameof(ValidationImages), ValidationImages, ValidationImages >= 0, "0 or more");
        Require(nameof(DigitTeacherEpochs), DigitTeacherEpochs, DigitTeacherEpochs > 0, "more than 0");
        Require(nameof(PhotoTeacherEpochs), PhotoTeacherEpochs, PhotoTeacherEpochs > 0, "more than 0");
        Require(nameof(TeacherRate), TeacherRate, TeacherRate > 0, "more than 0");
        Require(nameof(TeacherRange), TeacherRange, TeacherRange > 0, "more than 0");
        Require(nameof(DigitHintEpochs), DigitHintEpochs, DigitHintEpochs > 0, "more than 0");
        Require(nameof(DigitEpochs), DigitEpochs, DigitEpochs > 0, "more than 0");
        Require(nameof(PhotoHintEpochs), PhotoHintEpochs, PhotoHintEpochs > 0, "more than 0");
        Require(nameof(PhotoEpochs), PhotoEpochs, PhotoEpochs > 0, "more than 0");
        Require(nameof(DigitRate), DigitRate, DigitRate > 0, "more than 0");
        Require(nameof(PhotoRate), PhotoRate, PhotoRate > 0, "more than 0");
        Require(nameof(DigitAnnealing), DigitAnnealing, DigitAnnealing is > 0 and <= 1, "in (0, 1]");
        Require(nameof(PhotoAnnealing), PhotoAnnealing, PhotoAnnealing is > 0 and <= 1, "in (0, 1]");
        Require(nameof(Range), Range, Range > 0, "more than 0");
        Require(nameof(Tau), Tau, Tau > 0, "more than 0");
        Require(nameof(FirstLambda), FirstLambda, FirstLambda >= 0, "0 or more");
        Require(nameof(BatchSize), BatchSize, BatchSize > 0, "more than 0");
        Require(nameof(DigitDivisor), DigitDivisor, DigitDivisor > 0, "more than 0");
        Require(nameof(PhotoDivisor), PhotoDivisor, PhotoDivisor > 0, "more than 0");
        Require(nameof(PhotoTeacherDivisor), PhotoTeacherDivisor, PhotoTeacherDivisor > 0, "more than 0");
        Require(nameof(TimedImages), TimedImages, TimedImages > 0, "more than 0");
        Require(nameof(Rounds), Rounds, Rounds > 0, "more than 0");
        foreach (int depth in Depths)
        {
            Require(nameof(Depths), depth, MaxoutPlan.Depths.ContainsKey(depth), "of 5, 7, 9 and 11");
        }
    }

    static void Require(string name, double value, bool holds, string range)
    {
        if (!holds)
        {
            throw new UsageException($"{char.ToLowerInvariant(name[0])}{name[1..]} is {value}, but has to be {range}.");
        }
    }
}

using ResearchKit.Experiments;

namespace ResearchKit.Papers.NoisyTeachers;

/// <summary>What can be set with <c>--set name=value</c>.</summary>
public sealed record NoisyTeachersParameters
{
    /// <summary>Grey images of 28x28 pixels, for LeNet and a student of full layers.</summary>
    public string Digits { get; init; } = "mnist";

    /// <summary>Colour images, for convolutional students.</summary>
    public string Photos { get; init; } = "cifar10";

    /// <summary>Digits that teacher and students see.</summary>
    public int DigitImages { get; init; } = 4000;

    /// <summary>Units of both hidden layers of the students on digits.</summary>
    public int DigitUnits { get; init; } = 800;

    /// <summary>Epochs of LeNet.</summary>
    public int DigitTeacherEpochs { get; init; } = 10;

    /// <summary>Epochs of each student on digits.</summary>
    public int DigitEpochs { get; init; } = 10;

    /// <summary>Share of digits with noise.</summary>
    public double DigitAlpha { get; init; } = 0.15;

    /// <summary>Spreads of the noise on digits; the paper's grid has 0.1 to 1.0.</summary>
    public double[] DigitSigmas { get; init; } = [0.2, 0.4, 0.6, 0.8, 1.0];

    /// <summary>Photos that students see.</summary>
    public int PhotoImages { get; init; } = 4000;

    /// <summary>Photos that their teacher sees: those and others.</summary>
    public int PhotoTeacherImages { get; init; } = 12_000;

    /// <summary>Whether students also see each photo mirrored, with the teacher's logits of that.</summary>
    public bool Mirrored { get; init; }

    /// <summary>Maps of the first convolution of a small teacher; 0 for the paper's network in network.</summary>
    public int PhotoTeacherWidth { get; init; } = 24;

    /// <summary>Epochs of the teacher on photos.</summary>
    public int PhotoTeacherEpochs { get; init; } = 10;

    /// <summary>Students on photos by name: student, student1, student2, student3. The first goes through the whole grid, others through alpha 0.5.</summary>
    public string[] PhotoStudents { get; init; } = ["student3"];

    /// <summary>Epochs of each student on photos.</summary>
    public int PhotoEpochs { get; init; } = 10;

    /// <summary>Share of photos with noise while sigma varies.</summary>
    public double PhotoAlpha { get; init; } = 0.5;

    /// <summary>Spreads of the noise on photos.</summary>
    public double[] PhotoSigmas { get; init; } = [0.3, 0.6, 0.9];

    /// <summary>Spread of the noise while alpha varies.</summary>
    public double PhotoSigma { get; init; } = 0.6;

    /// <summary>Shares of photos with noise; the paper's grid has 0.1 to 1.0.</summary>
    public double[] PhotoAlphas { get; init; } = [0.2, 1.0];

    /// <summary>Shares of units dropped in the student's full layer, instead of noise.</summary>
    public double[] DropoutRatios { get; init; } = [0.2, 0.8];

    /// <summary>Images in a batch.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>Adam's learning rate at the start; it falls to 0 along a cosine.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Refuses what makes no experiment.</summary>
    /// <exception cref="UsageException">A parameter is out of range; the message names it.</exception>
    internal void Check()
    {
        Require(nameof(DigitImages), DigitImages, DigitImages > 0, "more than 0");
        Require(nameof(DigitUnits), DigitUnits, DigitUnits > 0, "more than 0");
        Require(nameof(DigitTeacherEpochs), DigitTeacherEpochs, DigitTeacherEpochs > 0, "more than 0");
        Require(nameof(DigitEpochs), DigitEpochs, DigitEpochs > 0, "more than 0");
        Require(nameof(PhotoImages), PhotoImages, PhotoImages > 0, "more than 0");
        Require(nameof(PhotoTeacherImages), PhotoTeacherImages, PhotoTeacherImages >= PhotoImages, $"at least photoImages, {PhotoImages}");
        Require(nameof(PhotoTeacherWidth), PhotoTeacherWidth, PhotoTeacherWidth >= 0, "0 or more");
        Require(nameof(PhotoTeacherEpochs), PhotoTeacherEpochs, PhotoTeacherEpochs > 0, "more than 0");
        Require(nameof(PhotoEpochs), PhotoEpochs, PhotoEpochs > 0, "more than 0");
        Require(nameof(BatchSize), BatchSize, BatchSize > 0, "more than 0");
        Require(nameof(LearningRate), LearningRate, LearningRate > 0, "more than 0");
        Require(nameof(DigitAlpha), DigitAlpha, DigitAlpha is > 0 and <= 1, "in (0, 1]");
        Require(nameof(PhotoAlpha), PhotoAlpha, PhotoAlpha is > 0 and <= 1, "in (0, 1]");
        Require(nameof(PhotoSigma), PhotoSigma, double.IsFinite(PhotoSigma) && PhotoSigma > 0, "more than 0");
        RequireAll(nameof(DigitSigmas), DigitSigmas, s => double.IsFinite(s) && s > 0, "more than 0");
        RequireAll(nameof(PhotoSigmas), PhotoSigmas, s => double.IsFinite(s) && s > 0, "more than 0");
        RequireAll(nameof(PhotoAlphas), PhotoAlphas, a => a is > 0 and <= 1, "in (0, 1]");
        RequireAll(nameof(DropoutRatios), DropoutRatios, d => d is > 0 and < 1, "in (0, 1)");
        if (PhotoStudents.Length == 0 || PhotoStudents.Except(NetPlan.Students.Select(s => s.Name)).Any())
        {
            throw new UsageException($"photoStudents is '{string.Join(",", PhotoStudents)}', but has to be one or more of {string.Join(", ", NetPlan.Students.Select(s => s.Name))}.");
        }
    }

    static void RequireAll(string name, double[] values, Func<double, bool> holds, string range)
    {
        if (values.Length == 0 || values.Distinct().Count() < values.Length)
        {
            throw new UsageException($"{Lower(name)} is '{string.Join(",", values)}', but has to have at least one value, and none twice.");
        }

        foreach (double value in values)
        {
            Require(name, value, holds(value), range);
        }
    }

    static void Require(string name, double value, bool holds, string range)
    {
        if (!holds)
        {
            throw new UsageException($"{Lower(name)} is {value}, but has to be {range}.");
        }
    }

    static string Lower(string name) => $"{char.ToLowerInvariant(name[0])}{name[1..]}";
}

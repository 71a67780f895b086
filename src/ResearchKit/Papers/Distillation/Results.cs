using ResearchKit.Data;
using ResearchKit.Experiments;

namespace ResearchKit.Papers.Distillation;

/// <summary>Errors of teacher and students, set beside those of the paper's section 3 and its Table 5.</summary>
sealed class Results(DataSet data, Experiment run)
{
    const int Three = 3;
    readonly List<Line> _lines = [];

    /// <summary>A line of the table; the paper's numbers are errors of 10,000, and errors on threes.</summary>
    sealed record Line(string Name, string Trained, ClassErrors Validation, ClassErrors Test, double? Paper = null, int? PaperThrees = null, double? Offset = null);

    internal void Teacher(ClassErrors validation, ClassErrors test)
    {
        Add(new("teacher", "labels, dropout, jitter", validation, test, 67));
        run.Claim("sec3-teacher-errors", test.Total);
        if (data.Synthetic)
        {
            run.NotTested("sec3-test-threes", "the data was drawn, not real");
        }
        else
        {
            run.Claim("sec3-test-threes", test.Images[Three]);
        }
    }

    internal void Hard(Student student)
    {
        Add("student, hard", "labels", student, 146);
        run.Claim("sec3-hard-errors", student.Test.Total);
    }

    internal void Distilled(Student student)
    {
        Add("student, distilled", "labels and soft targets", student, 74);
        int teacher = Of("teacher"), hard = Of("student, hard");
        run.Claim("sec3-distilled-errors", student.Test.Total);
        run.Claim("sec3-gap-closed", hard > teacher ? 100.0 * (hard - student.Test.Total) / (hard - teacher) : double.NaN);
        run.Claim("sec3-student-behind-teacher", student.Test.Total - teacher);
    }

    internal void SevensAndEightsSoftOnly(Student student) => Add("7s and 8s, soft targets only", "soft targets of 7s and 8s", student);

    internal void WithoutThrees(Student student, (Student Corrected, double Offset, IReadOnlyList<int> Errors) found, double[] offsets)
    {
        Add("no 3s, distilled", "labels and soft targets without 3s", student, 206, 133);
        Add("no 3s, bias corrected", "the same", found.Corrected, 109, 14, found.Offset);
        run.Claim("sec3-no-threes-errors", student.Test.Total);
        run.Claim("sec3-no-threes-wrong-threes", student.Test.Wrong[Three]);
        run.Claim("sec3-no-threes-bias-errors", found.Corrected.Test.Total);
        run.Claim("sec3-no-threes-bias-wrong-threes", found.Corrected.Test.Wrong[Three]);
        Curve("Errors against the bias offset of 3", offsets, found.Errors);
    }

    internal void SevensAndEights(Student student, (Student Corrected, double Offset, IReadOnlyList<int> Errors) found, double[] offsets)
    {
        Add("7s and 8s, distilled", "labels and soft targets of 7s and 8s", student, 4730);
        Add("7s and 8s, bias corrected", "the same", found.Corrected, 1320, null, found.Offset);
        run.Claim("sec3-sevens-and-eights-error", student.Test.Percent);
        run.Claim("sec3-sevens-and-eights-bias-error", found.Corrected.Test.Percent);
        Curve("Errors against the bias offset of 7 and 8", offsets, found.Errors);
    }

    internal void Few(double percent, Student hard, Student soft)
    {
        Add($"{percent} % of the images, hard", "labels", hard);
        Add($"{percent} % of the images, distilled", "labels and soft targets", soft);
        double all = Of("student, hard"), lost = hard.Test.Total - all;
        run.Claim("table5-stand-in", lost > 0 ? 100 * (hard.Test.Total - soft.Test.Total) / lost : double.NaN);
    }

    /// <summary>Table and figure, once all lines are there.</summary>
    internal void Report()
    {
        int images = data.Test.Count;
        run.Table(new(
            $"Errors of {images:#,0} test images, beside the paper's section 3",
            ["Model", "Trained on", "Validation error (%)", "Bias offset", "Test errors", "Paper, of 10,000", $"of these on {_lines[0].Test.Images[Three]} threes", "Paper, of 1010"],
            [.. _lines.Select(l => (string[])
                [l.Name, l.Trained, $"{l.Validation.Percent:0.00}", l.Offset is { } o ? $"{o:+0.0;-0.0;0}" : "", $"{l.Test.Total}", $"{l.Paper}", $"{l.Test.Wrong[Three]}", $"{l.PaperThrees}"])],
            "Offsets are chosen on the validation split; the paper chose +3.5 and -7.6 on the test set, and gives no numbers for the other lines."));
        var near = _lines.Where(l => l.Paper < 1000).ToArray();
        string[] names = [.. near.Select(l => l.Name)];
        run.Figure(new(
            "Test errors, beside the paper's", FigureKind.Bar, "model", $"errors of {images:#,0}",
            [new("ours", null, names, [.. near.Select(l => (double)l.Test.Total)]), new("paper, of 10,000", null, names, [.. near.Select(l => l.Paper!.Value)]) { FromPaper = true }],
            "In the paper the distilled student comes near the teacher, and one offset of a bias mends most of what a missing digit costs."));
    }

    /// <summary>Every fifth offset, as far as there is something to see.</summary>
    void Curve(string title, double[] offsets, IReadOnlyList<int> errors)
    {
        int[] shown = [.. Enumerable.Range(0, offsets.Length).Where(k => k % 5 == 0 && Math.Abs(offsets[k]) <= 12)];
        run.Figure(new(
            title, FigureKind.Line, "added to the bias", "validation errors",
            [new("errors", [.. shown.Select(k => offsets[k])], null, [.. shown.Select(k => (double)errors[k])])],
            $"On {data.Validation.Count:#,0} validation images, where the offset is chosen."));
    }

    void Add(string name, string trained, Student student, double? paper = null, int? paperThrees = null, double? offset = null) =>
        Add(new(name, trained, student.Validation, student.Test, paper, paperThrees, offset));

    void Add(Line line)
    {
        _lines.Add(line);
        run.Value($"errors/{line.Name}/test", line.Test.Total, "errors");
        run.Value($"errors/{line.Name}/test, class 3", line.Test.Wrong[Three], "errors");
        run.Value($"errors/{line.Name}/validation", line.Validation.Total, "errors");
        if (line.Offset is { } offset)
        {
            run.Value($"offset/{line.Name}", offset, "logits");
        }
    }

    int Of(string name) => _lines.Single(l => l.Name == name).Test.Total;
}

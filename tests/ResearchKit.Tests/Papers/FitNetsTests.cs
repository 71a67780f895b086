using ResearchKit.Data;
using ResearchKit.Experiments;
using ResearchKit.Measuring;
using ResearchKit.Papers.FitNets;
using ResearchKit.Tests.Experiments;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Papers;

[Collection(nameof(GlobalGenerator))]
public sealed class FitNetsTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // Small nets on drawn digits, for a few steps.
    static FitNetsParameters Tiny => new FitNetsRecipe().ParametersOf(Scale.Smoke) with { BatchSize = 20 };

    Study Digits(string folder, DataSet data, out Experiment run)
    {
        run = new Experiment { Scale = Scale.Smoke, Seed = 1, Folder = _folder.File(folder) };
        return new Study("digits", Tiny, new(1, 2, 3, 5e-3, 0.5), 60, run, data);
    }

    static MaxoutPlan Teacher => MaxoutPlan.MnistTeacher.Narrowed(8);

    static MaxoutPlan Student => MaxoutPlan.MnistStudent.Narrowed(4);

    [Fact]
    public void Networks_on_MNIST_have_the_papers_parameters()
    {
        using var teacher = new MaxoutNet(MaxoutPlan.MnistTeacher, 0.005);
        using var student = new MaxoutNet(MaxoutPlan.MnistStudent, 0.005);
        Assert.Equal(361_066, teacher.parameters().Sum(p => p.numel()));
        Assert.Equal(30_130, student.parameters().Sum(p => p.numel()));
        Assert.Equal((48, 4), teacher.MiddleShape);
        Assert.Equal((16, 4), student.MiddleShape);
    }

    [Theory]
    [InlineData(0, 251_194, 30.25)]
    [InlineData(1, 864_122, 107.97)]
    [InlineData(2, 1_506_138, 324.1)]
    [InlineData(3, 2_548_602, 381.9)]
    public void FitNets_on_CIFAR_have_the_papers_parameters_and_multiplications(int number, long parameters, double millions)
    {
        using var net = new MaxoutNet(MaxoutPlan.FitNets[number], 0.005);
        using var five = new MaxoutNet(MaxoutPlan.FitNets[number] with { Pieces = 5 }, 0.005);
        var summary = ModelSummary.Of(five, 3, 32, 32);
        // The printed parameters are those of two pieces in the full layer; multiplications round to the printed ones with two and with five.
        Assert.Equal(parameters, net.parameters().Sum(p => p.numel()));
        // Table 5 prints ~392M for FitNet 3, which Table 7's maps do not give.
        Assert.Equal(millions, summary.Macs / 1e6, tolerance: 0.05);
        Assert.Equal(8, net.MiddleShape.Side);
    }

    [Fact]
    public void The_teacher_on_CIFAR_has_the_papers_parameters_with_two_pieces_and_not_with_five()
    {
        using var two = new MaxoutNet(MaxoutPlan.CifarTeacher, 0.005);
        using var five = new MaxoutNet(MaxoutPlan.CifarTeacher with { Pieces = 5 }, 0.005);
        Assert.Equal(9_046_330, two.parameters().Sum(p => p.numel()));
        Assert.Equal(16_247_830, five.parameters().Sum(p => p.numel()));
        Assert.Equal((192, 7), two.MiddleShape);
        Assert.Equal(725.1, ModelSummary.Of(two, 3, 32, 32).Macs / 1e6, tolerance: 0.06);
    }

    [Fact]
    public void Where_the_middle_is_is_what_a_batch_shows()
    {
        using var scope = NewDisposeScope();
        foreach (var plan in MaxoutPlan.FitNets.Take(1).Append(MaxoutPlan.MnistTeacher).Append(MaxoutPlan.MnistStudent))
        {
            using var net = new MaxoutNet(plan, 0.05);
            Assert.Equal([2, net.MiddleShape.Maps, net.MiddleShape.Side, net.MiddleShape.Side], net.UpToMiddle(randn([2, plan.Channels, plan.Side, plan.Side])).shape);
        }
    }

    [Fact]
    public void A_maxout_unit_gives_the_largest_of_its_pieces()
    {
        using var scope = NewDisposeScope();
        Assert.Equal([5f, 2f], Maxout.Of(tensor(new float[] { 1, 2, 5, -3 }, new long[] { 1, 4 }), 2, 2).flatten().data<float>().ToArray());
    }

    [Fact]
    public void The_regressor_has_no_padding_and_trains_nothing_behind_the_guided_layer()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        using var student = new MaxoutNet(MaxoutPlan.FitNets[0], 0.05);
        using var hinted = new HintedStudent(student, (192, 7), 0.05);
        // 2x2 filters, two pieces and their biases.
        Assert.Equal((2 * 2 * 32 * 192 * 2) + (2 * 192), hinted.named_parameters().Where(p => p.name.StartsWith("regressor", StringComparison.Ordinal)).Sum(p => p.parameter.numel()));
        var guided = hinted.call(randn([2, 3, 32, 32]));
        Assert.Equal([2, 192 * 7 * 7], guided.shape);
        Losses.Hint(guided, zeros_like(guided)).backward();
        Assert.All(student.named_parameters(), p => Assert.Equal(Enumerable.Range(0, 6).Any(k => p.name.StartsWith($"convolutions.{k}.", StringComparison.Ordinal)), p.parameter.grad is not null));
    }

    [Fact]
    public void A_guided_layer_smaller_than_the_hint_is_refused()
    {
        using var student = new MaxoutNet(MaxoutPlan.MnistStudent, 0.05);
        Assert.Contains("4x4", Assert.Throws<ArgumentException>(() => new HintedStudent(student, (48, 5), 0.05)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_losses_are_equations_2_and_3()
    {
        using var scope = NewDisposeScope();
        Assert.Equal((1 + 4 + 9 + 16) / 4.0, Losses.Hint(tensor(new double[] { 1, 2, 3, 4 }, new long[] { 2, 2 }), zeros(2, 2, float64)).ToDouble(), 12);
        double[] student = [1, -2], teacher = [3, 0];
        double[] Soft(double[] a, double tau) => [.. a.Select(x => Math.Exp(x / tau) / a.Sum(y => Math.Exp(y / tau)))];
        var (p, q) = (Soft(teacher, 3), Soft(student, 3));
        double expected = -Math.Log(Soft(student, 1)[1]) - (4 * p.Zip(q, (a, b) => a * Math.Log(b)).Sum());
        Assert.Equal(expected, Losses.Distillation(tensor(student, new long[] { 1, 2 }), tensor(teacher, new long[] { 1, 2 }), tensor(new long[] { 1 }), 3, 4).ToDouble(), 12);
    }

    [Fact]
    public void Lambda_falls_along_a_line_to_1_and_stays_there() =>
        Assert.Equal([4, 2.5, 1, 1], new[] { 0, 0.5, 1, 2 }.Select(p => Losses.Lambda(4, p)));

    [Fact]
    public void Sizes_are_printed_without_biases()
    {
        // 861,928 rounds to the printed 862 thousand, 864,122 with biases does not.
        Assert.Equal(861_928, Counts.Weights(MaxoutPlan.FitNets[1]));
        Assert.Equal(249_576, Counts.Weights(MaxoutPlan.FitNets[0]));
        Assert.Equal(30_130 - (2 * ((4 * 16) + (2 * 12))) - 10, Counts.Weights(MaxoutPlan.MnistStudent));
    }

    [Fact]
    public void Nets_of_all_depths_have_about_30_million_multiplications_and_their_layers()
    {
        foreach (var (depth, plan) in MaxoutPlan.Depths)
        {
            Assert.InRange(Counts.Multiplications(plan), 25e6, 35e6);
            Assert.Equal(depth, plan.Layers.Count + 2); // the full layer and the softmax
            using var net = new MaxoutNet(plan, 0.005);
            Assert.True(net.MiddleShape.Side >= 7, "the guided maps are smaller than the hint");
        }
    }

    [Fact]
    public void A_narrowed_net_has_the_same_layers_with_a_part_of_the_maps()
    {
        var narrow = MaxoutPlan.FitNets[0].Narrowed(2);
        Assert.Equal([8, 8, 8, 16, 16, 16, 24, 24, 32], narrow.Layers.Select(l => l.Maps));
        Assert.Equal((250, 6), (narrow.Units, narrow.Middle));
        Assert.Equal(MaxoutPlan.FitNets[0].Layers, MaxoutPlan.FitNets[0].Narrowed(1).Layers);
    }

    [Fact]
    public void The_first_stage_sees_hints_and_no_label()
    {
        using var scope = NewDisposeScope();
        var drawn = Shapes.Draw(300, 50);
        using var study = Digits("true", drawn, out var first);
        using var mislabelled = Digits("mislabelled", drawn with { Train = drawn.Train with { Labels = new int[drawn.Train.Count] } }, out var second);
        var (_, lessons) = study.Teacher(Teacher);
        study.Student(Student, Way.Hints, lessons);
        mislabelled.Student(Student, Way.Hints, lessons);
        double[] Losses(Experiment run, string stage) => [.. run.Metrics.Single(m => m.Name == $"digits/FitNet on MNIST, hints{stage}/training loss").Values];
        Assert.Equal(Losses(first, ", first stage"), Losses(second, ", first stage"));
        Assert.True(Losses(first, ", first stage")[1] < Losses(first, ", first stage")[0], "the hint loss did not fall");
        Assert.NotEqual(Losses(first, ""), Losses(second, "")); // the second stage does see them
    }

    [Fact]
    public void All_ways_take_as_many_epochs_and_only_hinted_students_look_at_hints()
    {
        using var scope = NewDisposeScope();
        using var study = Digits("epochs", Shapes.Draw(300, 50), out var run);
        var (_, lessons) = study.Teacher(Teacher);
        var blind = lessons with { Hints = zeros_like(lessons.Hints) };
        int Epochs(string name) => run.Metrics.Single(m => m.Name == $"digits/{Student.Name}, {name}/training loss").Values.Count;
        foreach (var way in Enum.GetValues<Way>())
        {
            study.Student(Student, way, lessons);
        }

        Assert.Equal(5, Epochs("labels"));
        Assert.Equal(5, Epochs("distillation"));
        Assert.Equal((2, 3), (Epochs("hints, first stage"), Epochs("hints")));
        // Students without hints do not look at them.
        using var other = Digits("blind", Shapes.Draw(300, 50), out var blindRun);
        other.Student(Student, Way.Distillation, blind);
        Assert.Equal(
            run.Metrics.Single(m => m.Name == "digits/FitNet on MNIST, distillation/training loss").Values,
            blindRun.Metrics.Single(m => m.Name == "digits/FitNet on MNIST, distillation/training loss").Values);
    }

    [Theory]
    [InlineData("digitEpochs", "digitEpochs=0")]
    [InlineData("tau", "tau=0")]
    [InlineData("range", "range=-1")]
    [InlineData("digitAnnealing", "digitAnnealing=2")]
    [InlineData("depths", "depths=5,6")]
    public void Parameters_that_make_no_experiment_are_refused_by_name(string name, string setting)
    {
        var recipe = new FitNetsRecipe();
        var parameters = ParameterSettings.Apply(recipe.Parameters(Scale.Smoke), [setting]);
        var run = new Experiment { Scale = Scale.Smoke, Seed = 1, Folder = _folder.Path };
        Assert.StartsWith(name + " ", Assert.Throws<UsageException>(() => recipe.Run(parameters, run)).Message, StringComparison.Ordinal);
    }
}

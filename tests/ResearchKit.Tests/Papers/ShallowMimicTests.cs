using ResearchKit.Data;
using ResearchKit.Experiments;
using ResearchKit.Papers.ShallowMimic;
using ResearchKit.Tests.Experiments;
using ResearchKit.Training;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Papers;

[Collection(nameof(GlobalGenerator))]
public sealed class ShallowMimicTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    static ShallowMimicParameters Tiny => new ShallowMimicRecipe().ParametersOf(Scale.Smoke) with { Labelled = 60, Transfer = 120, TeacherEpochs = 1, StudentEpochs = 1, TeacherWidth = 4, PhotoUnits = 20 };

    [Fact]
    public void The_loss_is_equation_1_and_its_gradient_the_difference_of_logits()
    {
        using var scope = NewDisposeScope();
        var g = tensor(new double[] { 1, 2, 3, 4, 5, 6 }, new long[] { 2, 3 }).requires_grad_(true);
        var z = tensor(new double[] { 0, 2, 5, 4, 1, 7 }, new long[] { 2, 3 });
        var loss = LogitRegression.Loss(g, z);
        Assert.Equal((1 + 0 + 4 + 0 + 16 + 1) / 4.0, loss.ToDouble(), 12);
        loss.backward();
        Assert.Equal([0.5, 0, -1, 0, 2, -0.5], g.grad!.flatten().data<double>().ToArray());
    }

    [Fact]
    public void Logits_of_other_shapes_are_refused_and_not_broadcast()
    {
        using var scope = NewDisposeScope();
        var error = Assert.Throws<ArgumentException>(() => LogitRegression.Loss(zeros(4, 3), zeros(1, 3)));
        Assert.Contains("[4, 3]", error.Message, StringComparison.Ordinal);
        Assert.Contains("[1, 3]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Standardised_logits_have_mean_0_and_spread_1_and_come_back()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var logits = (randn([200, 5], float64) * tensor(new double[] { 1, 2, 3, 4, 0 })) + 7;
        var scaling = LogitScaling.Of(logits);
        var standardised = scaling.Standardise(logits);
        Assert.Equal(0, standardised.mean([0]).abs().max().ToDouble(), 10);
        Assert.All(standardised.narrow(1, 0, 4).std(0, unbiased: false).data<double>().ToArray(), s => Assert.Equal(1, s, 10));
        Assert.Equal(0, (scaling.Restore(standardised) - logits).abs().max().ToDouble(), 10);
    }

    [Fact]
    public void Without_restoring_them_standardised_logits_give_other_answers()
    {
        using var scope = NewDisposeScope();
        var logits = tensor(new double[] { 10, 9, 0, 0, 30, 1 }, new long[] { 3, 2 });
        var scaling = LogitScaling.Of(logits);
        Assert.NotEqual(logits.argmax(1).data<long>().ToArray(), scaling.Standardise(logits).argmax(1).data<long>().ToArray());
    }

    [Fact]
    public void A_shallow_net_has_the_weights_of_the_papers_tables()
    {
        using var scope = NewDisposeScope();
        // Independent of the formula: entries of the tensors of more than one dimension.
        foreach (var plan in new ShallowPlan[] { new(1, 28, 10, 800), new(1, 28, 10, 800, 100), new(3, 32, 10, 200, 60, 16) })
        {
            using var net = new ShallowNet(plan);
            Assert.Equal(plan.Weights, net.parameters().Where(p => p.dim() > 1).Sum(p => p.numel()));
            Assert.Equal([2, 10], net.call(zeros(2, plan.Channels, plan.Side, plan.Side)).shape);
        }

        Assert.Equal(16_224_000, new ShallowPlan(1845, 1, 183, 8000).Weights);
        Assert.Equal(3_925_250, new ShallowPlan(1845, 1, 183, 8000, 250).Weights);
        Assert.Equal(173_661_250, new ShallowPlan(1845, 1, 183, 400_000, 250).Weights);
        Assert.Equal(15 * 15 * 64, new ShallowPlan(3, 32, 10, 30_000, 1200, 64).Inputs);
        Assert.Equal("64c-p-1200L-30000", $"{new ShallowPlan(3, 32, 10, 30_000, 1200, 64)}");
    }

    [Fact]
    public void A_net_without_a_bottleneck_cannot_be_collapsed()
    {
        using var net = new ShallowNet(new(1, 8, 10, 20));
        Assert.Throws<InvalidOperationException>(net.Collapse);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void A_bottleneck_multiplied_out_gives_the_same_logits(int maps)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var scaling = new LogitScaling(randn(5), ones(5) * 2);
        using var net = new ShallowNet(new(2, 9, 5, 12, 3, maps), scaling);
        using var whole = net.Collapse();
        var input = randn([100, 2, 9, 9]);
        Assert.InRange((net.call(input) - whole.call(input)).abs().max().ToDouble(), 0, 1e-5);
        Assert.Equal(0, whole.Plan.Bottleneck);
    }

    [Fact]
    public void The_worked_examples_are_what_the_paper_says()
    {
        Assert.InRange(WorkedExamples.GradientDeviation(), 0, 1e-14);
        Assert.InRange(WorkedExamples.CollapseDeviation(), 0, 1e-12);
    }

    [Fact]
    public void The_teacher_has_three_convolutions_and_drops_units_in_training_only()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        using var teacher = new DeepNet(3, 32, 10, 4, 0.5);
        Assert.Equal(3, teacher.parameters().Count(p => p.dim() == 4));
        var input = randn([3, 3, 32, 32]);
        Assert.False(teacher.call(input).equal(teacher.call(input)));
        teacher.eval();
        Assert.True(teacher.call(input).equal(teacher.call(input)));
    }

    [Fact]
    public void Students_that_mimic_see_no_label()
    {
        var drawn = Shapes.Draw(300, 50);
        (double[] Labels, double[] Mimic)[] results = [.. new[] { false, true }.Select(changed =>
        {
            using var scope = NewDisposeScope();
            var run = new Experiment { Scale = Scale.Smoke, Seed = 1, Folder = _folder.File($"{changed}") };
            // Only images that teachers are not trained on get other labels, so the teachers stay the same.
            int[] labels = [.. drawn.Train.Labels];
            if (changed)
            {
                foreach (int k in SplitMix64.Permutation(drawn.Train.Count, 1, 0).Skip(Tiny.Labelled))
                {
                    labels[k] = 0;
                }
            }

            using var study = new Study("digits", Tiny with { StudentEpochs = 5 }, run, drawn with { Train = drawn.Train with { Labels = labels } });
            study.Teachers();
            study.Mimic("mimic", study.Plan(20), ensemble: true);
            double[] Of(string metric) => [.. run.Metrics.Single(m => m.Name == $"digits/mimic/training {metric}").Values];
            return (Of("error"), Of("loss"));
        })];
        Assert.Equal(results[0].Mimic, results[1].Mimic); // the loss does not know them
        Assert.NotEqual(results[0].Labels, results[1].Labels); // though they did change
    }

    [Fact]
    public void A_larger_draw_begins_with_a_smaller_one()
    {
        var images = Shapes.Draw(100, 20).Train;
        var (few, many) = (images.Draw(10, 3, "few"), images.Draw(40, 3, "many"));
        Assert.Equal(few.Pixels, many.Pixels[..few.Pixels.Length]);
        Assert.Equal(images.Count, images.Draw(1000, 3, "all").Count);
        Assert.NotEqual(few.Pixels, images.Draw(10, 4, "others").Pixels);
        Assert.Throws<ArgumentOutOfRangeException>(() => images.Draw(0, 1, "none"));
    }

    [Theory]
    [InlineData("labelled", "labelled=0")]
    [InlineData("transfer", "transfer=10")]
    [InlineData("members", "members=1")]
    [InlineData("dropout", "dropout=1")]
    [InlineData("photoUnits", "photoUnits=0")]
    public void Parameters_that_make_no_experiment_are_refused_by_name(string name, string setting)
    {
        var recipe = new ShallowMimicRecipe();
        var parameters = ParameterSettings.Apply(recipe.Parameters(Scale.Smoke), [setting]);
        var run = new Experiment { Scale = Scale.Smoke, Seed = 1, Folder = _folder.Path };
        Assert.StartsWith(name + " ", Assert.Throws<UsageException>(() => recipe.Run(parameters, run)).Message, StringComparison.Ordinal);
    }
}

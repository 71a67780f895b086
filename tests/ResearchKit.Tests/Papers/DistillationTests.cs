using ResearchKit.Data;
using ResearchKit.Experiments;
using ResearchKit.Models;
using ResearchKit.Papers.Distillation;
using ResearchKit.Tests.Experiments;
using ResearchKit.Training;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Papers;

[Collection(nameof(GlobalGenerator))]
public sealed class DistillationTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    static Tensor Logits(int seed, double size = 3, int cases = 4, int classes = 5)
    {
        var random = new Random(seed);
        return tensor([.. Enumerable.Range(0, cases * classes).Select(_ => size * ((2 * random.NextDouble()) - 1))], new long[] { cases, classes });
    }

    static double[] Values(Tensor tensor) => tensor.detach().flatten().data<double>().ToArray();

    [Fact]
    public void A_softmax_at_a_temperature_is_what_equation_1_says()
    {
        using var scope = NewDisposeScope();
        var q = Values(SoftTargets.Soften(tensor(new double[] { 0, 20, 40 }, new long[] { 1, 3 }), 20));
        double sum = 1 + Math.E + (Math.E * Math.E);
        Assert.Equal([1 / sum, Math.E / sum, Math.E * Math.E / sum], q.Select(v => v), (a, b) => Math.Abs(a - b) < 1e-15);
    }

    [Fact]
    public void Softening_sees_no_shift_and_changes_no_answer()
    {
        using var scope = NewDisposeScope();
        var z = Logits(1);
        foreach (double temperature in new[] { 0.5, 1, 20, 1000 })
        {
            Assert.Equal(Values(SoftTargets.Soften(z, temperature)), Values(SoftTargets.Soften(z + 7, temperature)), (a, b) => Math.Abs(a - b) < 1e-13);
            Assert.True(SoftTargets.Soften(z, temperature).argmax(1).eq(z.argmax(1)).all().ToBoolean());
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2.5)]
    [InlineData(20)]
    public void The_gradient_is_equation_2_by_autograd_and_by_finite_differences(double temperature)
    {
        using var scope = NewDisposeScope();
        var (z, v) = (Logits(1), Logits(2));
        var expected = Values(SoftTargets.Gradient(z, v, temperature));

        var leaf = z.clone().requires_grad_(true);
        (SoftTargets.CrossEntropy(leaf, v, temperature) * z.shape[0]).backward();
        Assert.Equal(expected, Values(leaf.grad!), (a, b) => Math.Abs(a - b) < 1e-14);

        const double step = 1e-5;
        var values = Values(z);
        double At(int place, double change)
        {
            var moved = values.ToArray();
            moved[place] += change;
            return SoftTargets.CrossEntropy(tensor(moved, z.shape), v, temperature).ToDouble() * z.shape[0];
        }

        for (int k = 0; k < values.Length; k++)
        {
            Assert.Equal(expected[k], (At(k, step) - At(k, -step)) / (2 * step), tolerance: 1e-9);
        }
    }

    [Fact]
    public void At_high_temperature_the_gradient_matches_zero_meaned_logits_only()
    {
        using var scope = NewDisposeScope();
        var (z, v) = (Logits(1, 1) + 2, Logits(2, 1));
        double Off(double temperature, Tensor limit) =>
            ((SoftTargets.Gradient(z, v, temperature) - limit).norm() / limit.norm()).ToDouble();
        Assert.InRange(Off(1000, SoftTargets.LogitMatchingGradient(z, v, 1000)), 0, 1e-2);
        Assert.True(Off(1, SoftTargets.LogitMatchingGradient(z, v, 1)) > 0.1); // it is a limit
        Assert.True(Off(1000, (z - v) / (5 * 1e6)) > 0.5); // and not one of logits as they are
    }

    [Fact]
    public void With_its_factor_the_soft_gradient_keeps_its_size_when_the_temperature_changes()
    {
        using var scope = NewDisposeScope();
        var (v, labels) = (Logits(2), zeros(4, int64));
        double Norm(double temperature, Func<Tensor, Tensor> loss)
        {
            var z = Logits(1).requires_grad_(true);
            loss(z).backward();
            return z.grad!.norm().ToDouble();
        }

        double WithFactor(double t) => Norm(t, z => new Objective(t, 0).Of(z, v, labels));
        double Without(double t) => Norm(t, z => SoftTargets.CrossEntropy(z, v, t));
        Assert.InRange(WithFactor(100) / WithFactor(10), 0.5, 2);
        Assert.InRange(Without(10) / Without(100), 50, 200);
    }

    [Fact]
    public void The_objective_averages_a_soft_term_at_T_and_a_hard_term_at_1()
    {
        using var scope = NewDisposeScope();
        var (z, v, labels) = (Logits(1), Logits(2), tensor(new long[] { 0, 4, 2, 1 }));
        double[] q1 = Values(SoftTargets.Soften(z, 1)), q = Values(SoftTargets.Soften(z, 4)), p = Values(SoftTargets.Soften(v, 4));
        double soft = -Enumerable.Range(0, 20).Sum(i => p[i] * Math.Log(q[i] / p[i])) / 4; // the cross-entropy less the teacher's entropy
        double hard = -new[] { 0, 5 + 4, 10 + 2, 15 + 1 }.Sum(i => Math.Log(q1[i])) / 4;
        Assert.Equal((0.75 * 16 * soft) + (0.25 * hard), new Objective(4, 0.25).Of(z, v, labels).ToDouble(), 12);
        Assert.Equal(hard, Objective.Hard.Of(z, null, labels).ToDouble(), 12);
        Assert.Equal(0, new Objective(4, 0).Of(v, v, labels).ToDouble(), 12);
    }

    [Fact]
    public void Soft_targets_alone_do_not_look_at_labels()
    {
        using var scope = NewDisposeScope();
        var (z, v) = (Logits(1), Logits(2));
        Tensor[] labels = [zeros(4, int64), tensor(new long[] { 4, 3, 2, 1 })];
        Assert.Single(labels.Select(l => new Objective(20, 0).Of(z, v, l).ToDouble()).Distinct());
        Assert.Equal(2, labels.Select(l => new Objective(20, 0.1).Of(z, v, l).ToDouble()).Distinct().Count());
    }

    [Fact]
    public void The_teacher_drops_units_in_training_only_and_has_the_papers_size()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        using var teacher = new Teacher(784, 1200, 10, 0.2, 0.5);
        using var student = new Mlp(784, 800, 800, 10);
        Assert.Equal(2_395_210, teacher.parameters().Sum(p => p.numel()));
        Assert.Equal(1_276_810, student.parameters().Sum(p => p.numel()));
        var input = randn([3, 1, 28, 28]);
        Assert.False(teacher.call(input).equal(teacher.call(input)));
        teacher.eval();
        Assert.True(teacher.call(input).equal(teacher.call(input)));
    }

    [Fact]
    public void Weights_into_hidden_units_are_shortened_to_the_limit_and_no_others_change()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        using var teacher = new Teacher(12, 6, 3, 0, 0);
        using (no_grad())
        {
            teacher.get_parameter("fc1.weight")!.select(0, 2).mul_(20);
            teacher.get_parameter("fc3.weight")!.mul_(20);
        }

        var before = teacher.get_parameter("fc1.weight")!.detach().clone();
        var output = teacher.get_parameter("fc3.weight")!.detach().clone();
        teacher.ConstrainWeights(2);
        var after = teacher.get_parameter("fc1.weight")!;
        Assert.Equal(2, after.select(0, 2).norm().ToDouble(), 5);
        Assert.Equal(1, (after.select(0, 2) * before.select(0, 2)).sum().ToDouble() / (2 * before.select(0, 2).norm().ToDouble()), 5);
        Assert.Equal(before.select(0, 1).data<float>().ToArray(), after.select(0, 1).data<float>().ToArray());
        Assert.Equal(output.data<float>().ToArray(), teacher.get_parameter("fc3.weight")!.data<float>().ToArray());
    }

    [Fact]
    public void Teacher_logits_stay_with_their_images()
    {
        using var scope = NewDisposeScope();
        var data = Shapes.Draw(100, 20);
        manual_seed(1);
        using var net = new Mlp(784, 16, 10);
        var statistics = data.Train.ChannelStatistics();
        using var plain = new Batches(data.Train, 32, statistics);
        var set = new TransferSet(data.Train, Evaluation.Logits(net, plain, CancellationToken.None)).Where(l => l is 7 or 8, "two");
        Assert.All(set.Images.Labels, l => Assert.InRange(l, 7, 8));
        using var shuffled = new Batches(set.Images, 8, statistics, shuffle: true, seed: 5);
        for (int k = 0; k < shuffled.Count; k++)
        {
            var batch = shuffled.Get(3, k);
            Assert.Equal(0, (net.call(batch.Input) - set.TeacherLogits.index_select(0, batch.Members)).abs().max().ToDouble(), 5);
        }

        var few = set.Draw(0.5, 1, "half");
        Assert.Equal(set.Images.Count / 2, few.Images.Count);
        Assert.NotEqual(few.Images.Labels, set.Draw(0.5, 2, "half").Images.Labels);
    }

    [Fact]
    public void The_best_offset_is_found_and_does_the_same_in_the_network_as_on_its_logits()
    {
        using var scope = NewDisposeScope();
        var data = Shapes.Draw(100, 200);
        manual_seed(1);
        using var net = new Mlp(784, 16, 10);
        using var test = new Batches(data.Test, 64, data.Train.ChannelStatistics());
        var logits = Evaluation.Logits(net, test, CancellationToken.None);
        double[] offsets = [.. Enumerable.Range(0, 41).Select(k => -k / 20.0)];
        var errors = BiasCorrection.Errors(logits, data.Test.Labels, [7, 8], offsets);
        double best = BiasCorrection.Best(offsets, errors);
        Assert.Equal(ClassErrors.Of(logits, data.Test.Labels).Total, errors[0]);

        BiasCorrection.Apply(net, [7, 8], best);
        var corrected = ClassErrors.Of(Evaluation.Logits(net, test, CancellationToken.None), data.Test.Labels);
        Assert.Equal(errors.Min(), corrected.Total);
        Assert.Equal(20, corrected.Images[3]);
    }

    [Fact]
    public void Of_several_best_offsets_the_middle_one_is_taken() =>
        Assert.Equal(3, BiasCorrection.Best([0, 1, 2, 3, 4, 5], [9, 8, 4, 4, 4, 7]));

    [Fact]
    public void A_lower_bias_that_hides_a_class_is_given_back()
    {
        using var scope = NewDisposeScope();
        int[] labels = [0, 0, 1, 1];
        var logits = tensor(new float[] { 1, 0, 2, 0, 0, 1, 0, 3 }, new long[] { 4, 2 });
        var hidden = BiasCorrection.Moved(logits, [1], -4);
        Assert.Equal([0, 2], ClassErrors.Of(hidden, labels).Wrong);
        double[] offsets = [.. Enumerable.Range(0, 101).Select(k => k / 10.0)];
        double best = BiasCorrection.Best(offsets, BiasCorrection.Errors(hidden, labels, [1], offsets));
        Assert.InRange(best, 3, 5);
        Assert.Equal(0, ClassErrors.Of(BiasCorrection.Moved(hidden, [1], best), labels).Total);
    }

    [Theory]
    [InlineData("temperature", "temperature=0")]
    [InlineData("temperatures", "temperatures=1,-2")]
    [InlineData("hardWeight", "hardWeight=1.5")]
    [InlineData("hiddenDropout", "hiddenDropout=1")]
    [InlineData("subsetPercent", "subsetPercent=0")]
    [InlineData("epochs", "studentEpochs=0")]
    [InlineData("units", "sweepUnits=300,0")]
    [InlineData("the length of sweepEpochs", "sweepEpochs=5")]
    public void Parameters_that_make_no_experiment_are_refused_by_name(string name, string setting)
    {
        var recipe = new DistillationRecipe();
        var parameters = ParameterSettings.Apply(recipe.Parameters(Scale.Smoke), [setting]);
        var run = new Experiment { Scale = Scale.Smoke, Seed = 1, Folder = _folder.Path };
        Assert.StartsWith(name + " ", Assert.Throws<UsageException>(() => recipe.Run(parameters, run)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, -0.1)]
    [InlineData(1, 1.1)]
    public void An_objective_out_of_range_is_refused(double temperature, double hardWeight) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Objective(temperature, hardWeight));

    [Fact]
    public void A_smoke_run_says_something_about_every_claim_and_judges_no_trained_one()
    {
        var recipe = new DistillationRecipe();
        var parameters = recipe.ParametersOf(Scale.Smoke) with
        {
            TeacherUnits = 40,
            TeacherEpochs = 1,
            StudentUnits = 20,
            StudentEpochs = 1,
            PairEpochs = 1,
            SubsetEpochs = 1,
            Temperatures = [1, 4, 10, 20],
        };
        var stored = new RunStore(_folder.Path).Run(new() { Recipe = recipe, Scale = Scale.Smoke, Parameters = parameters });
        Assert.Equal(recipe.Claims.Select(c => c.Id).Order(), stored.Record.Claims.Select(c => c.Claim).Order());
        Assert.All(Ledger.Rows([recipe], [stored.Record]), row => Assert.Equal(
            row.Kind == ClaimKind.Exact && row.Id != "sec3-test-threes" ? Verdict.Reproduced : Verdict.NotTestedAtThisScale, row.Verdict));
    }
}

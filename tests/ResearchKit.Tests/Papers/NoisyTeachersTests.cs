using ResearchKit.Data;
using ResearchKit.Experiments;
using ResearchKit.Measuring;
using ResearchKit.Models;
using ResearchKit.Papers.NoisyTeachers;
using ResearchKit.Tests.Experiments;
using ResearchKit.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Papers;

[Collection(nameof(GlobalGenerator))]
public sealed class NoisyTeachersTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    static Tensor Logits(long cases, long classes)
    {
        manual_seed(3);
        return (5 * randn([cases, classes])) + 1;
    }

    [Fact]
    public void Noisy_logits_have_the_teachers_mean_and_a_spread_of_sigma_times_each_logit()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        const int Draws = 20_000;
        var z = tensor(new double[] { -8, -1, 0, 2, 16 });
        var noisy = new LogitNoise(0.4, 1).Perturb(z.expand(Draws, 5));
        var mean = noisy.mean([0]).data<double>().ToArray();
        var spread = noisy.std(0).data<double>().ToArray();
        foreach (var (k, logit) in new[] { -8.0, -1, 0, 2, 16 }.Index())
        {
            // Five standard errors of a mean, and as many of a standard deviation.
            Assert.InRange(mean[k] - logit, -5 * 0.4 * Math.Abs(logit) / Math.Sqrt(Draws), 5 * 0.4 * Math.Abs(logit) / Math.Sqrt(Draws));
            Assert.InRange(spread[k], 0.4 * Math.Abs(logit) * 0.975, 0.4 * Math.Abs(logit) * 1.025);
        }
    }

    [Fact]
    public void A_share_alpha_of_the_cases_is_perturbed_and_the_others_keep_their_bits()
    {
        using var scope = NewDisposeScope();
        var z = Logits(20_000, 10);
        var noisy = new LogitNoise(0.5, 0.15).Perturb(z);
        var changed = noisy.ne(z);
        // A case is perturbed in all its classes or in none: alpha is no share of classes.
        Assert.True(changed.any(1).equal(changed.all(1)));
        Assert.InRange(changed.any(1).to(float64).mean().ToDouble(), 0.15 - 0.0127, 0.15 + 0.0127);
        Assert.True(new LogitNoise(0.5, 0).Perturb(z).equal(z));
        Assert.True(new LogitNoise(0, 1).Perturb(z).equal(z));
    }

    [Fact]
    public void Noise_is_drawn_for_each_case_and_class_and_anew_in_each_step()
    {
        using var scope = NewDisposeScope();
        var noise = new LogitNoise(0.5, 1);
        manual_seed(1);
        Tensor first = noise.Draw(50, 10), second = noise.Draw(50, 10);
        Assert.Equal(500, first.data<float>().ToArray().Distinct().Count());
        Assert.False(first.equal(second));
        manual_seed(1);
        Assert.True(first.equal(noise.Draw(50, 10)));
    }

    [Fact]
    public void The_variant_of_algorithm_1_draws_one_vector_for_all_cases_of_a_batch()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var xi = (new LogitNoise(0.5, 0.5) { OnePerBatch = true }).Draw(200, 10);
        var chosen = xi.ne(0).any(1);
        Assert.InRange(chosen.sum().ToInt64(), 60, 140);
        var rows = xi[chosen];
        Assert.True(rows.equal(rows[0].unsqueeze(0).expand_as(rows)));
        Assert.Equal(10, rows[0].data<float>().ToArray().Distinct().Count());
    }

    [Fact]
    public void A_random_sigma_is_one_for_a_batch_and_between_its_ends()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var noise = new LogitNoise(0.2, 1) { SigmaTo = 0.8 };
        double[] spreads = [.. Enumerable.Range(0, 100).Select(_ => noise.Draw(2000, 10, float64).std().ToDouble())];
        Assert.All(spreads, s => Assert.InRange(s, 0.19, 0.82));
        Assert.True(spreads.Min() < 0.25 && spreads.Max() > 0.75);
        // The mean of sigma^2 over [0.2, 0.8] is 0.28; ||z||^2 is 10.
        Assert.Equal(0.28 / 2 * 10, noise.ExpectedOffset(ones(4, 10)), 6);
    }

    [Fact]
    public void The_worked_examples_are_what_the_paper_should_say()
    {
        manual_seed(1);
        Assert.InRange(WorkedExamples.ExpansionError(asPrinted: false), 0, 1e-13);
        Assert.True(WorkedExamples.ExpansionError(asPrinted: true) > 0.1, "a product of norms is no inner product");
        Assert.InRange(WorkedExamples.GradientChange(), 0, 1e-13);
        Assert.InRange(WorkedExamples.OffsetError(), 0, 1e-12);
    }

    [Fact]
    public void Over_many_draws_noise_adds_its_offset_to_the_loss_and_nothing_to_the_gradient_of_the_weights()
    {
        using var scope = NewDisposeScope();
        manual_seed(2);
        using var student = new Mlp(6, 8, 4);
        student.to(ScalarType.Float64);
        var input = randn([16, 6], float64);
        var z = 4 * randn([16, 4], float64);
        var noise = new LogitNoise(0.7, 0.5);
        (double Loss, Tensor Gradient) Of(Tensor targets)
        {
            student.zero_grad();
            var loss = LogitRegression.Loss(student.call(input), targets);
            loss.backward();
            return (loss.ToDouble(), cat([.. student.parameters().Select(p => p.grad!.flatten())], 0).clone());
        }

        var clean = Of(z);
        const int Draws = 3000;
        var (sum, squares, gradient) = (0.0, 0.0, zeros_like(clean.Gradient));
        for (int k = 0; k < Draws; k++)
        {
            using var inner = NewDisposeScope();
            var noisy = Of(noise.Perturb(z));
            (sum, squares) = (sum + noisy.Loss, squares + (noisy.Loss * noisy.Loss));
            using var noGrad = no_grad();
            gradient.add_(noisy.Gradient);
        }

        double mean = sum / Draws, error = Math.Sqrt(((squares / Draws) - (mean * mean)) / Draws);
        double offset = noise.ExpectedOffset(z);
        Assert.True(offset > 20 * error, "the offset is too small to be seen");
        Assert.InRange(mean - clean.Loss, offset - (5 * error), offset + (5 * error));
        Assert.InRange(((gradient / Draws) - clean.Gradient).norm().ToDouble() / clean.Gradient.norm().ToDouble(), 0, 0.03);
    }

    [Fact]
    public void Noise_on_the_student_does_change_the_expected_gradient()
    {
        using var scope = NewDisposeScope();
        manual_seed(2);
        var g = randn([8, 5], float64).requires_grad_(true);
        var z = randn([8, 5], float64);
        var xi = new LogitNoise(0.5, 1).Draw(8, 5, float64);
        Tensor Gradient(Tensor noise)
        {
            g.grad?.zero_();
            LogitRegression.Loss((1 + noise) * g, z).backward();
            return g.grad!.clone();
        }

        var added = ((Gradient(xi) + Gradient(-xi)) / 2) - Gradient(zeros_like(xi));
        Assert.Equal(0, (added - (xi.square() * g.detach() / 8)).abs().max().ToDouble(), 12); // a pull towards 0, of mean sigma^2 g / N
    }

    [Theory]
    [InlineData(-0.1, 0.5)]
    [InlineData(double.NaN, 0.5)]
    [InlineData(double.PositiveInfinity, 0.5)]
    [InlineData(0.5, -0.1)]
    [InlineData(0.5, 1.1)]
    [InlineData(0.5, double.NaN)]
    public void Noise_that_cannot_be_is_refused(double sigma, double alpha) => Assert.Throws<ArgumentOutOfRangeException>(() => new LogitNoise(sigma, alpha));

    [Fact]
    public void Logits_that_are_no_matrix_are_refused()
    {
        using var scope = NewDisposeScope();
        var error = Assert.Throws<ArgumentException>(() => new LogitNoise(0.5, 1).Perturb(zeros(10)));
        Assert.Contains("[10]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_nets_multiply_as_often_as_table_6_prints()
    {
        Assert.Equal([4_915_200, 45_875_200, 8_257_536, 2_097_152, 10_240], NetPlan.Student1.Multiplications());
        Assert.Equal([2_457_600, 6_553_600, 1_179_648, 1_048_576, 10_240], NetPlan.Student2.Multiplications());
        Assert.Equal([1_228_800, 3_276_800, 1_179_648, 1_048_576, 10_240], NetPlan.Student3.Multiplications());
        Assert.Equal(222_486_528, NetPlan.NetworkInNetwork.Multiplications().Sum());
    }

    [Theory]
    [InlineData("student")]
    [InlineData("student1")]
    [InlineData("student2")]
    [InlineData("student3")]
    [InlineData("network in network")]
    [InlineData("teacher of width 4")]
    public void A_net_multiplies_as_often_as_its_plan_says(string name)
    {
        var plan = new[] { NetPlan.Student, NetPlan.Student1, NetPlan.Student2, NetPlan.Student3, NetPlan.NetworkInNetwork, NetPlan.SmallTeacher(4) }.Single(p => p.Name == name);
        using var net = new PlannedNet(plan, 3, 32, 10);
        // Independent of the plan's own count: from the layers' outputs for an image.
        Assert.Equal(plan.Multiplications(), ModelSummary.Of(net, 3, 32, 32).Layers.Where(l => l.Macs > 0).Select(l => l.Macs));
    }

    [Fact]
    public void The_papers_nets_on_digits_have_the_parameters_of_their_layers()
    {
        using var student = new Mlp(784, 800, 800, 10);
        using var teacher = new LeNet5();
        Assert.Equal(1_276_810, student.parameters().Sum(p => p.numel()));
        Assert.Equal((25 * 20) + 20 + (20 * 25 * 50) + 50 + (800 * 500) + 500 + (500 * 10) + 10, teacher.parameters().Sum(p => p.numel()));
    }

    [Fact]
    public void Claims_of_the_grid_are_the_differences_of_the_papers_tables()
    {
        var claims = new NoisyTeachersRecipe().Claims.ToDictionary(c => c.Id);
        Assert.Equal(0.11, claims["mnist-sigma-0.8"].PaperValue, 9);
        Assert.Equal(3.26, claims["cifar-sigma-0.9"].PaperValue, 9);
        Assert.Equal(3.01, claims["table4-alpha-0.8"].PaperValue, 9);
        Assert.Equal(1.53, claims["table5-dropout-0.8"].PaperValue, 9);
        Assert.Equal(-4.54, claims["table5-dropout-0.1"].PaperValue, 9);
        Assert.Equal(Direction.Below, claims["table5-dropout-0.1"].Direction);
        Assert.Equal(3.71, claims["table6-student1"].PaperValue, 9);
        Assert.Equal(10, claims.Keys.Count(k => k.StartsWith("mnist-sigma", StringComparison.Ordinal)));
        Assert.Equal(9, claims.Keys.Count(k => k.StartsWith("table4-alpha", StringComparison.Ordinal)));
    }

    static NoisyTeachersParameters Tiny => new NoisyTeachersRecipe().ParametersOf(Scale.Smoke) with { DigitImages = 60 };

    [Fact]
    public void Students_of_a_teacher_see_no_label()
    {
        var drawn = Shapes.Draw(300, 50);
        (double[] Loss, double[] Error)[] results = [.. new[] { false, true }.Select(changed =>
        {
            using var scope = NewDisposeScope();
            var run = new Experiment { Scale = Scale.Smoke, Seed = 1, Folder = _folder.File($"{changed}") };
            var train = changed ? drawn.Train with { Labels = new int[drawn.Train.Count] } : drawn.Train;
            using var study = new Study("digits", Tiny, run, drawn with { Train = train }, 60);
            study.Teacher(() => new SetInItsWays(), "pixels", 1, Augmentation.None, null);
            study.Noisy("noisy", () => new Mlp(784, 20, 10), "FC20", 3, new(0.5, 0.5));
            double[] Of(string metric) => [.. run.Metrics.Single(m => m.Name == $"digits/noisy/training {metric}").Values];
            return (Of("loss"), Of("error"));
        })];
        Assert.Equal(results[0].Loss, results[1].Loss); // the loss does not know them
        Assert.NotEqual(results[0].Error, results[1].Error); // though they did change
    }

    [Fact]
    public void Without_noise_a_noisy_teacher_gives_the_baseline()
    {
        using var scope = NewDisposeScope();
        var run = new Experiment { Scale = Scale.Smoke, Seed = 1, Folder = _folder.Path };
        using var study = new Study("digits", Tiny, run, Shapes.Draw(300, 50), 60, mirrored: true);
        study.Teacher(() => new LeNet5(), "lenet", 1, Augmentation.None, null);
        var baseline = study.Regression("logits", () => new Mlp(784, 20, 10), "FC20", 2);
        var silent = study.Noisy("noise 0", () => new Mlp(784, 20, 10), "FC20", 2, new(0, 1));
        var loud = study.Noisy("noise 1", () => new Mlp(784, 20, 10), "FC20", 2, new(1, 1));
        Assert.Equal(baseline.Loss, silent.Loss);
        Assert.Equal(baseline.Test, silent.Test);
        Assert.Equal(0, silent.Offset);
        Assert.InRange(loud.Loss - baseline.Loss, loud.Offset / 3, 3 * loud.Offset);
    }

    [Fact]
    public void A_second_student_answers_its_row_of_table_6_and_every_claim_is_answered()
    {
        using var scope = NewDisposeScope();
        var recipe = new NoisyTeachersRecipe();
        var run = new Experiment { Scale = Scale.Smoke, Seed = 1, Folder = _folder.Path, Recipe = recipe };
        recipe.Run(
            Tiny with
            {
                DigitTeacherEpochs = 1,
                DigitEpochs = 1,
                DigitSigmas = [0.3],
                PhotoImages = 40,
                PhotoTeacherImages = 60,
                PhotoTeacherEpochs = 1,
                PhotoEpochs = 1,
                PhotoStudents = ["student3", "student2"],
                Mirrored = true,
            },
            run);
        var values = run.Claims.ToDictionary(c => c.Claim, c => c.Value);
        Assert.Equal(recipe.Claims.Select(c => c.Id).Order(StringComparer.Ordinal), values.Keys.Order(StringComparer.Ordinal));
        Assert.NotNull(values["table6-student3"]);
        Assert.NotNull(values["table6-student2"]);
        Assert.Null(values["table6-student1"]);
        Assert.NotNull(values["mnist-sigma-0.3"]);
        Assert.Null(values["mnist-sigma-0.4"]);
        Assert.Contains(run.Values, v => v.Name == "photos/student2, noise 0.6 on 50 %/test error");
    }

    [Theory]
    [InlineData(Scale.Smoke)]
    [InlineData(Scale.Quick)]
    [InlineData(Scale.Full)]
    [InlineData(Scale.Paper)]
    public void The_parameters_of_each_scale_make_an_experiment(Scale scale) => new NoisyTeachersRecipe().ParametersOf(scale).Check();

    [Theory]
    [InlineData("digitImages", "digitImages=0")]
    [InlineData("digitAlpha", "digitAlpha=0")]
    [InlineData("photoTeacherImages", "photoTeacherImages=10")]
    [InlineData("photoSigmas", "photoSigmas=0.5,-1")]
    [InlineData("photoAlphas", "photoAlphas=1.5")]
    [InlineData("dropoutRatios", "dropoutRatios=1")]
    [InlineData("digitSigmas", "digitSigmas=0.5,0.5")]
    [InlineData("photoStudents", "photoStudents=student4")]
    public void Parameters_that_make_no_experiment_are_refused_by_name(string name, string setting)
    {
        var recipe = new NoisyTeachersRecipe();
        var parameters = ParameterSettings.Apply(recipe.Parameters(Scale.Smoke), [setting]);
        var run = new Experiment { Scale = Scale.Smoke, Seed = 1, Folder = _folder.Path };
        Assert.StartsWith(name + " ", Assert.Throws<UsageException>(() => recipe.Run(parameters, run)).Message, StringComparison.Ordinal);
    }

    /// <summary>A teacher whose logits are ten pixels, whatever labels it is trained on.</summary>
    sealed class SetInItsWays : nn.Module<Tensor, Tensor>
    {
        readonly TorchSharp.Modules.Linear unused = nn.Linear(784, 10);

        public SetInItsWays()
            : base(nameof(SetInItsWays)) => RegisterComponents();

        public override Tensor forward(Tensor input) => input.flatten(1).narrow(1, 390, 10) + (0 * unused.call(input.flatten(1)));
    }
}

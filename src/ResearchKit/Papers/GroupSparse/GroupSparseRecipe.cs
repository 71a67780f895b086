using ResearchKit.Data;
using ResearchKit.Experiments;
using ResearchKit.Measuring;
using ResearchKit.Models;
using ResearchKit.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResearchKit.Papers.GroupSparse;

/// <summary>Group Sparse Regularization for Deep Neural Networks (arXiv:1607.00485): weights, neurons and inputs chosen in one training.</summary>
public sealed class GroupSparseRecipe : Recipe<GroupSparseParameters>
{
    static readonly Penalty[] s_penalties = Enum.GetValues<Penalty>();

    /// <inheritdoc/>
    public override string Name => "group-sparse";

    /// <inheritdoc/>
    public override Paper Paper { get; } = new(
        "Group Sparse Regularization for Deep Neural Networks", "Simone Scardapane, Danilo Comminiello, Amir Hussain, Aurelio Uncini", "Neurocomputing 2017", "1607.00485");

    /// <inheritdoc/>
    public override string Technique => "pruning and sparsity";

    /// <inheritdoc/>
    public override string Idea =>
        "Penalise all that leaves a unit as one group: training then chooses weights, hidden neurons and input features at once.";

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims => GroupSparse.Claims.All;

    /// <inheritdoc/>
    public override string Budget(Scale scale) => scale switch
    {
        Scale.Smoke => "about 3 seconds, drawn shapes",
        Scale.Quick => "about 5 minutes, digits and MNIST",
        Scale.Full => "about half an hour, digits and MNIST, longer training",
        _ => "about an hour: digits and MNIST; SSD and COVER are not in the catalog",
    };

    /// <inheritdoc/>
    public override GroupSparseParameters ParametersOf(Scale scale) => scale switch
    {
        Scale.Smoke => new() { SmallData = "shapes", SmallEpochs = 4, SmallBatchSize = 60, SmallStrengths = [3.162e-4], LargeData = "", TimingRounds = 0 },
        Scale.Quick => new(),
        _ => new() { SmallStrengths = [3.162e-4, 1e-5, 3.162e-5, 1e-4, 1e-3], LargeEpochs = scale == Scale.Full ? 40 : 100, TimingRounds = 31 },
    };

    /// <inheritdoc/>
    public override void Run(GroupSparseParameters parameters, Experiment run)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(run);
        parameters.Check();
        var p = parameters;
        Illustration.Report(run);

        Compare("digits", run.Load(p.SmallData), p.SmallUnits, p.SmallEpochs, p.SmallBatchSize, p.SmallStrengths, p, run);
        if (p.LargeData.Length > 0)
        {
            Compare("mnist", run.Load(p.LargeData), p.LargeUnits, p.LargeEpochs, p.LargeBatchSize, [p.LargeStrength], p, run);
        }
        else
        {
            GroupSparse.Claims.NotTested("mnist", "left out at this scale", run);
        }
    }

    /// <summary>Trains with each penalty at each strength, from the same weights and over the same batches.</summary>
    static void Compare(
        string set, DataSet data, IReadOnlyList<int> units, int epochs, int batchSize, IReadOnlyList<double> strengths, GroupSparseParameters p, Experiment run)
    {
        // Inputs from 0 to 1, for all penalties: what a penalty costs depends on their scale.
        var pixels = new ChannelStatistics([0], [1]);
        using var train = new Batches(data.Train, batchSize, pixels, shuffle: true, seed: run.Seed);
        using var validation = new Batches(data.Validation, 500, pixels);
        using var test = new Batches(data.Test, 500, pixels);
        int[] sizes = [data.Train.ImageBytes, .. units, data.Train.ClassNames.Length];

        Outcome Learn(Penalty penalty, double strength)
        {
            manual_seed(run.Seed);
            using var net = new Mlp([.. sizes.Select(s => (long)s)]);
            foreach (var layer in net.modules().OfType<Linear>())
            {
                nn.init.xavier_normal_(layer.weight);
                nn.init.zeros_(layer.bias!);
            }

            run.Train($"{set}/{penalty}-{strength}", $"{string.Join('-', sizes)}, Glorot-normal initialisation, {strength} times {penalty}", new Trainer
            {
                What = $"{set}: {penalty}, {strength}",
                Model = net,
                Train = train,
                Validation = validation,
                Plan = new TrainingPlan { Epochs = epochs, LearningRate = p.LearningRate, Optimizer = OptimizerKind.Adam },
                Origin = $"seed {run.Seed}",
                Loss = (logits, batch) => nn.functional.cross_entropy(logits, batch.Target) + (strength * Regulariser.Of(net, penalty)),
            });

            Regulariser.Threshold(net, p.Threshold);
            net.eval();
            using var thin = Thinning.Of(net);
            Linear[] layers = [.. net.modules().OfType<Linear>()];
            return new(
                penalty, strength, Evaluation.Of(thin, validation, run.Cancellation), Evaluation.Of(thin, test, run.Cancellation), Outcome.UnitsOf(net),
                [.. layers.Select(l => 1 - ((double)l.weight.count_nonzero().ToInt64() / l.weight.numel()))], Outcome.Alive(layers[0]),
                (thin.parameters().Sum(w => w.numel()), net.parameters().Sum(w => w.numel())),
                p.TimingRounds == 0 ? null : Time(net, thin, sizes[0], p));
        }

        var outcomes = strengths.SelectMany(s => s_penalties.Select(penalty => Learn(penalty, s))).ToList();
        Results.Report(set, data, sizes, outcomes, run);
        GroupSparse.Claims.Report(set, outcomes.Where(o => o.Strength == strengths[0]).ToDictionary(o => o.Penalty), sizes, run);
    }

    static PairedLatency Time(Mlp net, nn.Module<Tensor, Tensor> thin, int inputs, GroupSparseParameters p)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var x = rand([p.TimedImages, inputs]);
        return PairedLatency.Of(() => net.call(x).Dispose(), () => thin.call(x).Dispose(), p.TimingRounds);
    }
}

using ResearchKit.Data;
using ResearchKit.Experiments;
using ResearchKit.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResearchKit.Papers.BranchyNet;

/// <summary>
/// The paper's training (arXiv:1709.01686, Sec. IV): the trunk alone, then trunk and branches together from there. Beside it a trunk that is
/// trained alone for as long as both stages together, so that a gain in accuracy is not one of epochs.
/// </summary>
sealed class TwoStageTraining(Subject subject, BranchyNetParameters parameters, Batches train, Batches validation, Experiment run)
{
    /// <summary>Trains all three.</summary>
    /// <returns>The network with the trunk of the first stage in it; the one with a trunk trained alone for as long; the branchy one.</returns>
    internal (BranchyNetwork Trunk, BranchyNetwork Longer, BranchyNetwork Branchy) Train(int trunkEpochs, int jointEpochs)
    {
        var trunk = Create();
        string from = TrunkAlone("trunk", trunk, "default initialisation", trunkEpochs);
        var longer = Create();
        longer.load_state_dict(trunk.state_dict());
        TrunkAlone("trunk, as long", longer, from, jointEpochs);
        var branchy = Create();
        branchy.load_state_dict(trunk.state_dict());
        var joint = new Joint(branchy);
        run.Train($"{subject.Slug}/all exits", $"{from}; weights {parameters.EarlyWeight}, {parameters.LastWeight}", new Trainer
        {
            What = $"{subject.Slug}, all exits",
            Model = joint,
            Train = train,
            Validation = validation,
            Plan = Plan(jointEpochs),
            Origin = $"seed {run.Seed}",
            Loss = (_, batch) => JointLoss.Of(joint.Exits, batch.Target, parameters.EarlyWeight, parameters.LastWeight),
        });
        foreach (var network in new[] { trunk, longer, branchy })
        {
            network.eval();
        }

        return (trunk, longer, branchy);
    }

    BranchyNetwork Create()
    {
        manual_seed(run.Seed);
        return subject.Create();
    }

    /// <returns>How its weights came about.</returns>
    string TrunkAlone(string name, BranchyNetwork network, string from, int epochs)
    {
        // The segments in a row: branches have no part in this.
        var trainer = new Trainer
        {
            What = $"{subject.Slug}, {name}",
            Model = Sequential(network.Trunk),
            Train = train,
            Validation = validation,
            Plan = Plan(epochs),
            Origin = $"seed {run.Seed}",
        };
        run.Train($"{subject.Slug}/{name}", $"{network.GetName()}, {from}", trainer);
        return $"{from}; {trainer.Signature}";
    }

    TrainingPlan Plan(int epochs) => new() { Epochs = epochs, LearningRate = parameters.LearningRate, Optimizer = OptimizerKind.Adam, Schedule = Schedule.Cosine };

    /// <summary>A branchy network whose exits are all computed, as its training needs them.</summary>
    sealed class Joint : Module<Tensor, Tensor>
    {
        readonly BranchyNetwork network;

        internal Joint(BranchyNetwork network)
            : base($"{network.GetName()}, all exits")
        {
            this.network = network;
            RegisterComponents();
        }

        /// <summary>The logits of all exits of the last batch.</summary>
        internal IReadOnlyList<Tensor> Exits { get; private set; } = [];

        public override Tensor forward(Tensor input)
        {
            Exits = network.Exits(input);
            return Exits[^1];
        }
    }
}

using ResearchKit.Data;
using ResearchKit.Experiments;
using ResearchKit.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResearchKit.Papers.D2nn;

/// <summary>
/// Trains regular and control nodes together: cross-entropy of the path that was executed, and Q-learning with the global reward. Random
/// actions fall from all to few.
/// </summary>
sealed class JointTraining(D2nnParameters parameters, Experiment run)
{
    /// <summary>Trains one network.</summary>
    /// <param name="name">Of the stage and its metrics.</param>
    /// <param name="create">Makes it, with freshly drawn weights.</param>
    /// <param name="train">Shuffled batches.</param>
    /// <param name="validation">The validation split.</param>
    /// <param name="lambda">Of the reward; null trains the paths alone, all actions at random.</param>
    /// <param name="bagSize">Images in a bag; with more than one the reward has F1 in the place of accuracy.</param>
    internal DynamicNetwork Train(string name, Func<DynamicNetwork> create, Batches train, Batches validation, double? lambda, int bagSize = 1)
    {
        manual_seed(run.Seed);
        var network = create();
        double steps = (double)parameters.Epochs * train.Count * parameters.Exploration;
        network.Epsilon = step => lambda is null ? 1 : Math.Max(parameters.LastEpsilon, 1 - ((1 - parameters.LastEpsilon) * step / Math.Max(1, steps)));
        run.Train(name, $"{name}, lambda {lambda}, bags of {bagSize}, epsilon to {parameters.LastEpsilon} in {parameters.Exploration}", new Trainer
        {
            What = name,
            Model = network,
            Train = train,
            Validation = validation,
            Plan = new TrainingPlan { Epochs = parameters.Epochs, LearningRate = parameters.LearningRate, Optimizer = OptimizerKind.Adam, Schedule = Schedule.Cosine },
            Origin = $"seed {run.Seed}",
            Loss = (logits, batch) => lambda is { } weight
                ? functional.cross_entropy(logits, batch.Target) + QLearning.Loss(network.Decisions, QLearning.Rewards(network, logits, batch.Target, weight, bagSize), bagSize)
                : functional.cross_entropy(logits, batch.Target),
        });
        network.eval();
        return network;
    }
}

using ResearchKit.Data;
using ResearchKit.Experiments;

namespace ResearchKit.Papers.D2nn;

/// <summary>Chain and hierarchy at some lambdas, and the cascade with and without mini-bags.</summary>
sealed class OtherGraphs(D2nnParameters parameters, DataSet data, ImageSet images, Experiment run)
{
    internal void Report(Batches train, Batches validation)
    {
        var statistics = data.Train.ChannelStatistics();
        var training = new JointTraining(parameters, run);
        var rows = new List<IReadOnlyList<string>>();
        foreach (var (name, create) in new (string, Func<DynamicNetwork>)[] { ("chain", () => Architectures.Chain()), ("hierarchy", () => Architectures.Hierarchy()) })
        {
            foreach (double lambda in parameters.OtherLambdas)
            {
                using var network = training.Train($"{name}, lambda {lambda}", create, train, validation, lambda);
                var outcome = Outcome.Of(network, data.Test, statistics, run.Cancellation);
                rows.Add([name, $"{lambda}", $"{outcome.Accuracy:0.00}", $"{100 * outcome.Cost / network.FullMacs:0.0}", Shares(outcome)]);
                run.Value($"{name}/accuracy/lambda {lambda}", outcome.Accuracy, "%");
                run.Value($"{name}/cost/lambda {lambda}", 100 * outcome.Cost / network.FullMacs, "% of the full cost");
            }
        }

        if (rows.Count > 0)
        {
            run.Table(new("Chain and hierarchy", ["Graph", "lambda", "Accuracy (%)", "Cost (% of all nodes)", "Images by controller and action (%)"], rows, "Test images; nothing is explored."));
        }

        Cascade(training, statistics);
    }

    void Cascade(JointTraining training, ChannelStatistics statistics)
    {
        if (parameters.CascadeLambda == 0)
        {
            run.NotTested("bags-f1", "the cascade is left out at this scale");
            return;
        }

        ImageSet Relabelled(ImageSet set) => set with
        {
            Name = $"{set.Name}, {parameters.Positive} or not",
            Labels = [.. set.Labels.Select(l => l == parameters.Positive ? 1 : 0)],
            ClassNames = ["other", $"{set.ClassNames[parameters.Positive]}"],
        };
        using var train = new Batches(Relabelled(images), parameters.BatchSize, statistics, shuffle: true, seed: run.Seed);
        using var validation = new Batches(Relabelled(data.Validation), 500, statistics);
        var (rows, f1) = (new List<IReadOnlyList<string>>(), new List<double>());
        foreach (int bagSize in new[] { 1, parameters.BagSize })
        {
            string name = bagSize == 1 ? "single images" : $"bags of {bagSize}";
            using var network = training.Train($"cascade, {name}", Architectures.Cascade, train, validation, parameters.CascadeLambda, bagSize);
            var outcome = Outcome.Of(network, Relabelled(data.Test), statistics, run.Cancellation);
            f1.Add(outcome.F1);
            rows.Add([name, bagSize == 1 ? "accuracy" : "F1", $"{outcome.F1:0.00}", $"{outcome.Accuracy:0.00}", $"{100 * outcome.Cost / network.FullMacs:0.0}", Shares(outcome)]);
            run.Value($"cascade/F1/{name}", outcome.F1, "%");
            run.Value($"cascade/cost/{name}", 100 * outcome.Cost / network.FullMacs, "% of the full cost");
        }

        run.Claim("bags-f1", f1[1] - f1[0]);
        run.Table(new(
            $"Cascade: {data.Train.ClassNames[parameters.Positive]} or not, lambda = {parameters.CascadeLambda}",
            ["Reward of", "Measure", "F1 (%)", "Accuracy (%)", "Cost (% of all nodes)", "Images by controller and action (%)"], rows,
            "Action 0 stops with 'negative'. F1 is that of all test images, not a mean over images or bags."));
    }

    static string Shares(Outcome outcome) => string.Join(", ", outcome.Shares.Select(s => $"{s.Key}: {100 * s.Value:0.0}"));
}

using ResearchKit.Experiments;
using static TorchSharp.torch;

namespace ResearchKit.Papers.Sact;

/// <summary>The vectors of the authors' own tests, and the sizes that their counter gives, by the code that the experiment uses.</summary>
public static class WorkedExamples
{
    /// <summary>Runs units with given outputs and scores at some places.</summary>
    /// <param name="scores">For each unit but the last the scores of all places.</param>
    /// <param name="outputs">For each unit its output at all places.</param>
    /// <returns>The state after the last unit; all its tensors have the shape [places].</returns>
    public static HaltingState Halt(double[][] scores, double[][] outputs)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(outputs);
        var state = new HaltingState();
        for (int l = 0; l < outputs.Length; l++)
        {
            state.Take(tensor(outputs[l]), l < scores.Length ? tensor(scores[l]) : null);
        }

        return state;
    }

    internal static void Report(Experiment run)
    {
        using var scope = NewDisposeScope();
        double[][] five = [[0], [1], [2], [3], [4]];
        HaltingState soon = Halt([[0.999], [0.999], [0.999], [0.999]], five), middle = Halt([[0.01], [0.5], [0.6], [0.7]], five), late = Halt([[0.01], [0.01], [0.01], [0.01]], five);
        run.Claim("act-soon-ponder", soon.Ponder.ToDouble());
        run.Claim("act-middle-ponder", middle.Ponder.ToDouble());
        run.Claim("act-middle-output", middle.Output.ToDouble());
        run.Claim("act-late-ponder", late.Ponder.ToDouble());
        run.Claim("act-late-output", late.Output.ToDouble());
        var two = Halt([[0.9, 0.1], [0.5, 0.1]], [[1, 2], [3, 4], [5, 6]]);
        foreach (int k in new[] { 0, 1 })
        {
            run.Claim($"sact-output-{k + 1}", two.Output[k].ToDouble());
            run.Claim($"sact-ponder-{k + 1}", two.Ponder[k].ToDouble());
        }

        foreach (int n in new[] { 5, 18 })
        {
            using var network = new SactResNet(n, Adaptivity.None);
            run.Claim($"flops-resnet-{(6 * n) + 2}", FlopCounter.Vanilla(network, 3, 32, 32));
        }

        run.Claim("readme-cifar10-share", 100 * 82_393_168.0 / 137_725_184);
        run.Claim("readme-imagenet-share", 100 * 1.110e10 / 15_602_814_976);
    }
}

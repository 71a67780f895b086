using static TorchSharp.torch;

namespace ResearchKit.Papers.D2nn;

/// <summary>
/// Q-learning of control edges with one reward at the end and no discount (in the manner of arXiv:1701.00299, whose equations could not be
/// had): the last controller on an image's path regresses to the reward, an earlier one to the best score of the next.
/// </summary>
public static class QLearning
{
    /// <summary>The global reward r = lambda A + (1 - lambda) E of a bag, E the negative normalised cost.</summary>
    /// <param name="lambda">In [0, 1]: 1 ignores the cost, 0 the accuracy.</param>
    /// <param name="accuracy">Accuracy or F1 of the bag, in [0, 1].</param>
    /// <param name="cost">Mean cost of the bag's images, 1 where all nodes run.</param>
    public static double Reward(double lambda, double accuracy, double cost) => (lambda * accuracy) - ((1 - lambda) * cost);

    /// <summary>
    /// Whether the dearer of two paths has the higher expected reward: lambda (p_high - p_low) > (1 - lambda) (c_high - c_low). What a controller
    /// should learn where it knows the probabilities of being right.
    /// </summary>
    public static bool HighPays(double lambda, double pLow, double pHigh, double costLow, double costHigh) =>
        Reward(lambda, pHigh, costHigh) > Reward(lambda, pLow, costLow);

    /// <summary>F1 of a bag: 2 TP / (2 TP + FP + FN); 1 where there is nothing to be found and nothing was.</summary>
    /// <param name="answers">Predicted classes, 1 for positive.</param>
    /// <param name="labels">True ones.</param>
    public static double F1(ReadOnlySpan<long> answers, ReadOnlySpan<long> labels)
    {
        int right = 0, wrong = 0;
        for (int k = 0; k < labels.Length; k++)
        {
            right += answers[k] == 1 && labels[k] == 1 ? 1 : 0;
            wrong += answers[k] != labels[k] ? 1 : 0;
        }

        return right + wrong == 0 ? 1 : 2.0 * right / ((2.0 * right) + wrong);
    }

    /// <summary>
    /// The mean over bags and controllers of (target - Q(s, a))^2, where a bag's Q is the mean of its images' Q. Bags are consecutive images
    /// of the batch; a bag of one is an image.
    /// </summary>
    /// <param name="decisions">In the order of the path.</param>
    /// <param name="rewards">Of each bag.</param>
    /// <param name="bagSize">Images in a bag; the last one may have fewer.</param>
    /// <returns>A single number; 0 where nothing was decided.</returns>
    public static Tensor Loss(IReadOnlyList<Decision> decisions, IReadOnlyList<double> rewards, int bagSize)
    {
        ArgumentNullException.ThrowIfNull(decisions);
        ArgumentNullException.ThrowIfNull(rewards);
        var next = new Dictionary<long, double>(); // for each image the best score of the controller behind
        var losses = new List<Tensor>();
        foreach (var decision in decisions.Reverse())
        {
            using var best = decision.Scores.detach().amax([1]);
            double[] maxima = [.. best.data<float>().ToArray().Select(v => (double)v)];
            var chosen = decision.Scores.gather(1, tensor(decision.Actions).unsqueeze(1)).squeeze(1);
            double[] targets = [.. decision.Members.Select(i => next.TryGetValue(i, out double v) ? v : rewards[(int)(i / bagSize)])];
            for (int k = 0; k < decision.Members.Length; k++)
            {
                next[decision.Members[k]] = maxima[k];
            }

            // Means by bag: a matrix with 1 / n at the images of each bag.
            long[] bags = [.. decision.Members.Select(i => i / bagSize)];
            long[] distinct = [.. bags.Distinct()];
            if (bagSize == 1)
            {
                losses.Add((chosen - tensor(Array.ConvertAll(targets, t => (float)t))).pow(2).mean());
                continue;
            }

            var means = new float[distinct.Length * bags.Length];
            for (int k = 0; k < bags.Length; k++)
            {
                means[(Array.IndexOf(distinct, bags[k]) * bags.Length) + k] = 1f / bags.Count(b => b == bags[k]);
            }

            var average = tensor(means, new long[] { distinct.Length, bags.Length });
            losses.Add((average.mv(chosen) - average.mv(tensor(Array.ConvertAll(targets, t => (float)t)))).pow(2).mean());
        }

        return losses.Count == 0 ? zeros(1).sum() : losses.Aggregate((a, b) => a + b) / losses.Count;
    }

    /// <summary>The reward of each bag of the network's last call: by accuracy for bags of one, else by F1.</summary>
    /// <param name="network">That gave the logits.</param>
    /// <param name="logits">[N, classes].</param>
    /// <param name="labels">int64 [N].</param>
    /// <param name="lambda">Of <see cref="Reward"/>.</param>
    /// <param name="bagSize">Images in a bag.</param>
    public static double[] Rewards(DynamicNetwork network, Tensor logits, Tensor labels, double lambda, int bagSize)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(labels);
        using var likeliest = logits.detach().argmax(1);
        long[] answers = likeliest.data<long>().ToArray(), truth = labels.data<long>().ToArray();
        return [.. Enumerable.Range(0, (answers.Length + bagSize - 1) / bagSize).Select(bag =>
        {
            var members = Enumerable.Range(bag * bagSize, Math.Min(bagSize, answers.Length - (bag * bagSize))).ToArray();
            double accuracy = bagSize > 1
                ? F1([.. members.Select(i => answers[i])], [.. members.Select(i => truth[i])])
                : answers[members[0]] == truth[members[0]] ? 1 : 0;
            return Reward(lambda, accuracy, members.Average(i => network.Costs[i]) / network.FullMacs);
        })];
    }
}

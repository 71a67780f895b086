using static TorchSharp.torch;

namespace ResearchKit.Papers.BranchyNet;

/// <summary>
/// How sure an exit is: the entropy of its softmax in nats (arXiv:1709.01686, Sec. III-C), 0 where one class has all, ln C where all C are
/// alike. The formula is printed without its minus sign; the rule "leave if e &lt; T" and the authors' code have it. No label goes in.
/// </summary>
public static class Confidence
{
    /// <summary>The entropy of each image's softmax.</summary>
    /// <param name="logits">[N, classes].</param>
    /// <returns>[N], in nats.</returns>
    public static Tensor Entropy(Tensor logits)
    {
        var log = log_softmax(logits, 1);
        return (log.exp() * log).sum(1).neg();
    }

    /// <summary>The same for one image and without a tensor, which at batch 1 would cost more than the arithmetic.</summary>
    /// <param name="logits">[classes].</param>
    /// <returns>In nats.</returns>
    public static double Entropy(ReadOnlySpan<float> logits)
    {
        double largest = logits[Likeliest(logits)], sum = 0, weighted = 0;
        foreach (float z in logits)
        {
            double e = Math.Exp(z - largest);
            (sum, weighted) = (sum + e, weighted + (e * (z - largest)));
        }

        return Math.Log(sum) - (weighted / sum);
    }

    /// <summary>The class with the largest logit; of equal ones the first.</summary>
    /// <param name="logits">[classes].</param>
    public static int Likeliest(ReadOnlySpan<float> logits)
    {
        int best = 0;
        for (int c = 1; c < logits.Length; c++)
        {
            if (logits[c] > logits[best])
            {
                best = c;
            }
        }

        return best;
    }
}

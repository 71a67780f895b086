using ResearchKit.Data;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResearchKit.Training;

/// <summary>How a network does on a set of images.</summary>
/// <param name="Loss">Mean cross-entropy in nats.</param>
/// <param name="Wrong">Images whose likeliest class is not the label.</param>
/// <param name="WrongTop5">Images whose label is not among the five likeliest classes.</param>
/// <param name="Count">Images.</param>
public sealed record Evaluation(double Loss, int Wrong, int WrongTop5, int Count)
{
    /// <summary>Top-1 error in per cent.</summary>
    public double Error => 100.0 * Wrong / Count;

    /// <summary>Top-5 error in per cent.</summary>
    public double ErrorTop5 => 100.0 * WrongTop5 / Count;

    /// <summary>The result on these and other images together.</summary>
    public Evaluation And(Evaluation other)
    {
        ArgumentNullException.ThrowIfNull(other);
        int count = Count + other.Count;
        return new(((Loss * Count) + (other.Loss * other.Count)) / Math.Max(1, count), Wrong + other.Wrong, WrongTop5 + other.WrongTop5, count);
    }

    /// <summary>Evaluates a network in evaluation mode, without gradients; the mode is set back afterwards.</summary>
    /// <param name="model">Gives logits [N, classes].</param>
    /// <param name="batches">The images, in a fixed order and without augmentation.</param>
    /// <param name="cancellation">Stops between batches.</param>
    public static Evaluation Of(Module<Tensor, Tensor> model, Batches batches, CancellationToken cancellation = default)
    {
        double loss = 0;
        int wrong = 0, wrongTop5 = 0;
        Each(model, batches, (logits, target) =>
        {
            int n = (int)target.shape[0];
            loss += functional.cross_entropy(logits, target).ToDouble() * n;
            int depth = (int)Math.Min(5, logits.shape[1]);
            var hits = logits.topk(depth, 1).indexes.eq(target.unsqueeze(1));
            wrong += n - hits.select(1, 0).sum().ToInt32();
            wrongTop5 += n - hits.sum().ToInt32();
        }, cancellation);
        return new Evaluation(loss / batches.ImageCount, wrong, wrongTop5, batches.ImageCount);
    }

    /// <summary>The logits of all images in the order of their set, from a network in evaluation mode, without gradients.</summary>
    /// <param name="model">Gives logits [N, classes]; left in the mode that it was in.</param>
    /// <param name="batches">The images, in a fixed order and without augmentation.</param>
    /// <param name="cancellation">Stops between batches.</param>
    /// <returns>[N, classes].</returns>
    public static Tensor Logits(Module<Tensor, Tensor> model, Batches batches, CancellationToken cancellation = default)
    {
        using var scope = NewDisposeScope();
        var parts = new List<Tensor>();
        Each(model, batches, (logits, _) => parts.Add(logits.MoveToOuterDisposeScope()), cancellation);
        return cat(parts, 0).MoveToOuterDisposeScope();
    }

    // What a batch makes is freed after it, but for what is moved to the scope around.
    static void Each(Module<Tensor, Tensor> model, Batches batches, Action<Tensor, Tensor> take, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(batches);
        bool training = model.training;
        model.eval();
        try
        {
            using var noGrad = no_grad();
            for (int index = 0; index < batches.Count; index++)
            {
                cancellation.ThrowIfCancellationRequested();
                using var scope = NewDisposeScope();
                var (input, target) = batches.Get(0, index);
                take(model.call(input), target);
            }
        }
        finally
        {
            model.train(training);
        }
    }
}

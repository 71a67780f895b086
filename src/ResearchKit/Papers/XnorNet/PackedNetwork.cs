using ResearchKit.Data;
using ResearchKit.Experiments;
using ResearchKit.Formats;
using ResearchKit.Measuring;
using ResearchKit.Training;
using static TorchSharp.torch;

namespace ResearchKit.Papers.XnorNet;

/// <summary>A trained XNOR network as a file of bits, read again, and run on bits.</summary>
static class PackedNetwork
{
    /// <summary>Writes the file, reads it into another network, packs that, and compares its logits with those of the one that was trained.</summary>
    /// <returns>How many times fewer bytes the binary layers take than as float32, with names, factors and checksums.</returns>
    internal static double Report(Runs runs, int timingRounds, Experiment run)
    {
        var trained = runs[Variant.Xnor];
        var (plan, model) = (runs.Plan, trained.Model);
        var path = Path.Combine(run.Folder, $"{plan.Name}-xnor.rkcm");
        var tensors = model.ToTensors();
        var storage = CompressedModelFile.Write(path, tensors, huffman: false);
        var binary = storage.Tensors.Where(t => tensors.Single(s => s.Name == t.Name) is BinaryTensor).ToArray();
        long floats = 32 * tensors.Sum(t => (long)t.Length);
        double ratio = 32.0 * binary.Sum(t => t.Weights) / binary.Sum(t => t.TotalBits), whole = (double)floats / storage.TotalBits;

        using var packed = new BinaryNetwork(plan, Variant.Xnor.Options, Variant.Xnor.Order, runs.Classes);
        Weights.Load(packed, path);
        packed.Pack();
        var (worst, other) = Compare(model, packed, runs.Test);
        var error = Evaluation.Of(packed, runs.Test, run.Cancellation).Error;
        run.Value($"{plan.Name}/file/bytes", storage.TotalBytes, "bytes");
        run.Value($"{plan.Name}/file/whole network", whole, "x");
        run.Value($"{plan.Name}/file/binary layers", ratio, "x");
        run.Value($"{plan.Name}/packed/median deviation of logits", worst, "of the largest");
        run.Value($"{plan.Name}/packed/images that deviate by more than 1e-4", other, "%");
        run.Value($"{plan.Name}/packed/test error", error, "%");
        run.Table(new(
            $"{plan.Name} as a file, and read again", ["What", "Value"],
            [
                ["binary weights", $"{binary.Sum(t => t.Weights):#,0} of {tensors.Sum(t => (long)t.Length):#,0} numbers"],
                ["whole network as float32 (bytes)", $"{floats / 8:#,0}"],
                ["file (bytes)", $"{storage.TotalBytes:#,0}"],
                ["whole network, times smaller", $"{whole:0.0}"],
                ["binary layers, times smaller", $"{ratio:0.0}"],
                ["test error of the trained network (%)", $"{trained.Test.Error:0.00}"],
                ["test error of the file's network on bits (%)", $"{error:0.00}"],
            ],
            "First and last layer, normalisation and biases stay float32. On bits a value within rounding of 0 may take the other sign: "
            + $"logits of {other:0.00} % of the test images differ by more than 1e-4 of the largest."));
        if (timingRounds > 0)
        {
            Time(runs, packed, timingRounds, run);
        }

        return ratio;
    }

    /// <summary>Median over the images of the largest deviation of a logit, by the largest logit; and per cent of images above 1e-4.</summary>
    internal static (double Median, double Above) Compare(BinaryNetwork model, BinaryNetwork packed, Batches images)
    {
        var deviations = new List<double>();
        model.eval();
        using var noGrad = no_grad();
        for (int k = 0; k < images.Count; k++)
        {
            using var scope = NewDisposeScope();
            var input = images.Get(0, k).Input;
            var expected = model.call(input);
            var deviation = (packed.call(input) - expected).abs().amax([1]) / expected.abs().amax([1]);
            deviations.AddRange(deviation.to(float64).data<double>().ToArray());
        }

        return (deviations.Order().ElementAt(deviations.Count / 2), 100.0 * deviations.Count(d => !(d <= 1e-4)) / deviations.Count);
    }

    /// <summary>The float twin against the packed network, whole, one thread.</summary>
    static void Time(Runs runs, BinaryNetwork packed, int rounds, Experiment run)
    {
        var twin = runs[Variant.Float].Model;
        twin.eval();
        var rows = new List<string[]>();
        foreach (int batch in new[] { 1, 16 })
        {
            using var scope = NewDisposeScope();
            using var noGrad = no_grad();
            var input = runs.Test.Get(0, 0).Input.narrow(0, 0, batch).permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
            var time = OneThread.Time(() => Once(twin, input), () => Once(packed, input), rounds);
            run.Value($"{runs.Plan.Name}/whole network on bits, batch {batch}", time.Ratio, "x");
            rows.Add([$"{batch}", $"{1000 * time.Baseline / batch:0}", $"{1000 * time.Candidate / batch:0}", $"{time.Ratio:0.00} ({time.Low:0.00} to {time.High:0.00})"]);
        }

        run.Table(new(
            $"{runs.Plan.Name}, whole, float against packed", ["Batch", "Float (us an image)", "Packed (us an image)", "Float / packed"], rows,
            "libtorch with oneDNN, channels last, against the packed network with real first and last layer; one thread. In small networks what is not "
            + "a convolution decides: normalisation, pooling, the calls themselves."));
    }

    static void Once(BinaryNetwork network, Tensor input)
    {
        using var scope = NewDisposeScope();
        network.call(input);
    }
}

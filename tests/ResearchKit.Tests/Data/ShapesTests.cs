using System.Numerics;
using System.Security.Cryptography;
using ResearchKit.Data;

namespace ResearchKit.Tests.Data;

public class ShapesTests
{
    [Theory]
    [InlineData(false, "f61aeaf4d9a746ee02aea946d2f1591f7219c44a73cb2c68bd7d80a4ffe23ad9",
        "dbe00792f09e768b2fd1fe44598589e1c713f450a01f98e06a1ba545105115d3")]
    [InlineData(true, "487a41d9f48107689c93e0506ab0d6cc0a865809130038144e144d87df2cfd9e",
        "563442fa8e52db2fb96871d1ce8d5fe1e5b22f6d1ebf6afbf53a8b50e99fda47")]
    public void The_bytes_are_the_same_everywhere(bool colour, string train, string test)
    {
        var shapes = Shapes.Draw(colour: colour);
        Assert.Equal(train, shapes.Provenance.Sha256["train pixels"]);
        Assert.Equal(test, Convert.ToHexStringLower(SHA256.HashData(shapes.Test.Pixels)));
        Assert.True(shapes.Synthetic);
    }

    [Fact]
    public void Has_the_parts_and_forms_that_it_says()
    {
        var grey = DataSets.Load("shapes");
        Assert.Equal((1800, 200, 500), (grey.Train.Count, grey.Validation.Count, grey.Test.Count));
        Assert.Equal((1, 28, 28), (grey.Train.Channels, grey.Train.Height, grey.Train.Width));
        Assert.Equal(1800 * 784, grey.Train.Pixels.Length);
        Assert.All(grey.Test.Labels.CountBy(l => l), c => Assert.Equal(50, c.Value));
        Assert.All(grey.Validation.Labels.CountBy(l => l), c => Assert.Equal(20, c.Value));
        Assert.Equal((3, 32, 32), DataSets.Load("shapes-rgb") is var rgb ? (rgb.Test.Channels, rgb.Test.Height, rgb.Test.Width) : default);
    }

    [Fact]
    public void An_image_depends_on_seed_and_index_alone()
    {
        var few = Shapes.Draw(20, 10, seed: 4);
        var many = Shapes.Draw(40, 30, seed: 4);
        Assert.Equal(few.Test.Pixels, many.Test.Pixels.AsSpan(0, few.Test.Pixels.Length).ToArray());
        Assert.NotEqual(few.Test.Pixels, Shapes.Draw(20, 10, seed: 5).Test.Pixels);
        Assert.NotEqual(few.TrainAndValidation().Image(0).ToArray(), few.Test.Image(0).ToArray());
    }

    [Fact]
    public void A_linear_classifier_does_not_get_far()
    {
        var shapes = Shapes.Draw();
        Assert.InRange(LinearAccuracy(shapes), 0, 0.4);
    }

    static double Dot(float[] a, float[] b)
    {
        var sum = Vector<float>.Zero;
        var i = 0;
        for (; i <= a.Length - Vector<float>.Count; i += Vector<float>.Count)
            sum += new Vector<float>(a, i) * new Vector<float>(b, i);
        double rest = Vector.Sum(sum);
        for (; i < a.Length; i++)
            rest += a[i] * b[i];
        return rest;
    }

    // Softmax regression on centred pixels by plain stochastic gradient descent.
    static double LinearAccuracy(DataSet data)
    {
        var n = data.Train.ImageBytes;
        var weights = new float[10][];
        for (var c = 0; c < 10; c++)
            weights[c] = new float[n + 1];
        var x = new float[n + 1];
        var scores = new double[10];

        void Score(ImageSet set, int i)
        {
            var image = set.Image(i);
            for (var p = 0; p < n; p++)
                x[p] = image[p] / 128f - 1;
            x[n] = 1;
            for (var c = 0; c < 10; c++)
                scores[c] = Dot(weights[c], x);
        }

        for (var epoch = 0; epoch < 20; epoch++)
        {
            foreach (var i in SplitMix64.Permutation(data.Train.Count, 1, (ulong)epoch))
            {
                Score(data.Train, i);
                var top = scores.Max();
                var total = scores.Sum(s => Math.Exp(s - top));
                for (var c = 0; c < 10; c++)
                {
                    var step = (float)(0.002 * ((c == data.Train.Labels[i] ? 1 : 0) - Math.Exp(scores[c] - top) / total));
                    for (var p = 0; p <= n; p++)
                        weights[c][p] += step * x[p];
                }
            }
        }
        var right = 0;
        for (var i = 0; i < data.Test.Count; i++)
        {
            Score(data.Test, i);
            if (Array.IndexOf(scores, scores.Max()) == data.Test.Labels[i])
                right++;
        }
        return right / (double)data.Test.Count;
    }
}

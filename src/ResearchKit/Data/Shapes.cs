using System.Security.Cryptography;

namespace ResearchKit.Data;

/// <summary>
/// A small data set drawn by the kit: one of ten figures or textures at a random place, size and angle, lighter or darker than a
/// sloping ground, under noise. For smoke runs and tests, as results on it say nothing about a paper's. Only integer and correctly
/// rounded IEEE arithmetic is used (no sine, no exponential), so the bytes are the same on every platform.
/// </summary>
public static class Shapes
{
    /// <summary>The classes.</summary>
    public static IReadOnlyList<string> ClassNames { get; } =
        ["disc", "ring", "square", "frame", "triangle", "cross", "bar", "stripes", "checks", "crescent"];

    /// <summary>Where the streams of test images begin, far from those of any number of training images.</summary>
    const ulong TestStream = 1UL << 40;
    const double Noise = 5;
    const int Subsamples = 2;

    /// <summary>Draws the set: 28 x 28 grey, or 32 x 32 red, green and blue. A tenth of the training images is for validation.</summary>
    /// <param name="train">The number of training images, those for validation included.</param>
    /// <param name="test">The number of test images.</param>
    /// <param name="seed">Image i of a part depends on the seed and on i alone; its class is i modulo 10.</param>
    /// <param name="colour">Whether the images have three channels; the colours tell nothing about the class.</param>
    public static DataSet Draw(int train = 2000, int test = 500, ulong seed = 0, bool colour = false)
    {
        var name = colour ? "shapes-rgb" : "shapes";
        var drawn = Images(name, train, seed, 0, colour);
        var (training, validation) = Split.Stratified(drawn, name, train / 10);
        var testing = Images($"{name} test", test, seed, TestStream, colour);
        var provenance = new DataProvenance($"drawn by ResearchKit with seed {seed}", new Dictionary<string, string>
        {
            ["train pixels"] = Convert.ToHexStringLower(SHA256.HashData(drawn.Pixels)),
            ["test pixels"] = Convert.ToHexStringLower(SHA256.HashData(testing.Pixels)),
        }, "free of any terms", "ResearchKit");
        return new DataSet(name, training, validation, testing, provenance, Synthetic: true);
    }

    static ImageSet Images(string name, int count, ulong seed, ulong firstStream, bool colour)
    {
        var (channels, side) = colour ? (3, 32) : (1, 28);
        var pixels = new byte[checked(count * channels * side * side)];
        var labels = new int[count];
        for (var i = 0; i < count; i++)
        {
            labels[i] = i % ClassNames.Count;
            DrawOne(pixels.AsSpan(i * channels * side * side, channels * side * side), labels[i], channels, side,
                new SplitMix64(seed, firstStream + (ulong)i));
        }
        return new ImageSet(name, count, channels, side, side, pixels, labels, [.. ClassNames]);
    }

    static void DrawOne(Span<byte> image, int shape, int channels, int side, SplitMix64 random)
    {
        var radius = side * random.NextDouble(0.28, 0.42);
        var (cosine, sine) = Direction(random);
        var room = side / 2.0 - radius;
        var centreX = side / 2.0 + room * random.NextDouble(-1, 1);
        var centreY = side / 2.0 + room * random.NextDouble(-1, 1);
        var (ground, figure) = Colours(random, channels);
        var slopeX = random.NextDouble(-20, 20) / side;
        var slopeY = random.NextDouble(-20, 20) / side;

        for (var y = 0; y < side; y++)
        {
            for (var x = 0; x < side; x++)
            {
                var covered = 0;
                for (var sample = 0; sample < Subsamples * Subsamples; sample++)
                {
                    var dx = (x + (sample % Subsamples + 0.5) / Subsamples - centreX) / radius;
                    var dy = (y + (sample / Subsamples + 0.5) / Subsamples - centreY) / radius;
                    if (Covers(shape, cosine * dx + sine * dy, cosine * dy - sine * dx))
                        covered++;
                }
                var share = covered / (double)(Subsamples * Subsamples);
                var slope = slopeX * (x - side / 2) + slopeY * (y - side / 2);
                for (var channel = 0; channel < channels; channel++)
                {
                    var value = ground[channel] + share * (figure[channel] - ground[channel]) + slope + Noise * Normal(random);
                    image[(channel * side + y) * side + x] = (byte)Math.Clamp((int)Math.Floor(value + 0.5), 0, 255);
                }
            }
        }
    }

    /// <summary>Whether the figure, of radius about 1 around the origin, covers the point.</summary>
    static bool Covers(int shape, double u, double v)
    {
        var squared = u * u + v * v;
        var reach = Math.Max(Math.Abs(u), Math.Abs(v));
        return shape switch
        {
            0 => squared <= 0.81,
            1 => squared is >= 0.3 and <= 1,
            2 => reach <= 0.8,
            3 => reach is >= 0.45 and <= 0.85,
            4 => v >= -0.5 && 1.7320508075688772 * Math.Abs(u) + v <= 1,
            5 => reach <= 1 && Math.Min(Math.Abs(u), Math.Abs(v)) <= 0.27,
            6 => Math.Abs(u) <= 1 && Math.Abs(v) <= 0.3,
            7 => reach <= 0.95 && ((int)Math.Floor((u + 1) * 2.5) & 1) == 0,
            8 => reach <= 0.95 && (((int)Math.Floor((u + 1) * 2) + (int)Math.Floor((v + 1) * 2)) & 1) == 0,
            _ => squared <= 1 && (u - 0.5) * (u - 0.5) + v * v >= 0.6,
        };
    }

    // A point in the disc, drawn by rejection and moved to the circle: an angle without trigonometry.
    static (double Cosine, double Sine) Direction(SplitMix64 random)
    {
        while (true)
        {
            double x = random.NextDouble(-1, 1), y = random.NextDouble(-1, 1);
            var squared = x * x + y * y;
            if (squared is > 0.01 and <= 1)
                return (x / Math.Sqrt(squared), y / Math.Sqrt(squared));
        }
    }

    // Ground and figure differ by at least 80 in mean over the channels, in either direction.
    static (double[] Ground, double[] Figure) Colours(SplitMix64 random, int channels)
    {
        while (true)
        {
            double[] ground = new double[channels], figure = new double[channels];
            for (var channel = 0; channel < channels; channel++)
                (ground[channel], figure[channel]) = (random.NextDouble(20, 235), random.NextDouble(20, 235));
            if (Math.Abs(ground.Sum() - figure.Sum()) >= 80 * channels)
                return (ground, figure);
        }
    }

    // The sum of four 16-bit numbers, centred and scaled to unit variance: near enough to normal, and exact everywhere.
    static double Normal(SplitMix64 random)
    {
        var bits = random.NextUInt64();
        var sum = (int)(bits & 0xFFFF) + (int)(bits >> 16 & 0xFFFF) + (int)(bits >> 32 & 0xFFFF) + (int)(bits >> 48);
        return (sum - 131070) / 37837.22;
    }
}

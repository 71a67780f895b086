using ResearchKit.Experiments;

namespace ResearchKit.Papers.SparseFace;

/// <summary>Table 1: the layers of the paper's own network, and what is left of its weights when some are made sparse.</summary>
static class PaperNetwork
{
    /// <summary>Name, filters, weights that a neuron has, places that do not share them.</summary>
    internal static readonly (string Name, long Filters, long Fan, long Places)[] Layers =
    [
        ("conv1a", 64, 9 * 3, 1), ("conv1b", 64, 9 * 64, 1), ("conv2a", 96, 9 * 64, 1), ("conv2b", 96, 9 * 96, 1), ("conv3a", 192, 9 * 96, 1), ("conv3b", 192, 9 * 192, 1),
        ("conv4a", 256, 9 * 192, 1), ("conv4b", 256, 9 * 256, 1), ("5a", 256, 9 * 256, 5 * 4), ("5b", 256, 9 * 256, 3 * 2), ("f", 512, 256 * 3 * 2, 1),
    ];

    internal static long Weights(string layer) => Layers.Where(l => l.Name == layer).Sum(l => l.Filters * l.Fan * l.Places);

    /// <summary>What is left when a share of some layers' weights stays, over all weights: the paper's compression ratio.</summary>
    internal static double Left(params (string Layer, double Share)[] sparse)
    {
        double all = Layers.Sum(l => Weights(l.Name));
        return (all - sparse.Sum(s => (1 - s.Share) * Weights(s.Layer))) / all;
    }

    internal static void Report(Experiment run)
    {
        run.Claim("table1-5a", Weights("5a") / 1e6);
        run.Claim("table1-5b", Weights("5b") / 1e6);
        run.Claim("table1-f", Weights("f") / 1e3);
        run.Claim("table1-conv4b", Weights("conv4b") / 1e3);
        (string, double) f = ("f", 1 / 256.0), b = ("5b", 1 / 128.0);
        run.Claim("table2-left-f", Left(f));
        run.Claim("table2-left-5b", Left(f, b));
        run.Claim("table2-left-4b", Left(f, b, ("conv4b", 0.5)));
        run.Claim("table2-left-5a-half", Left(f, b, ("5a", 0.5)));
        run.Claim("table2-left-5a", Left(f, b, ("5a", 1 / 32.0)));
        run.Claim("error-reduced", 100 * ((100 - 98.95) - (100 - 99.30)) / (100 - 98.95));
        run.Table(new(
            "The paper's network (Table 1)", ["Layer", "Weights"], [.. Layers.Select(l => (string[])[l.Name, $"{Weights(l.Name):#,0}"])],
            $"{Layers.Sum(l => Weights(l.Name)):#,0} weights in all; 5a and 5b are locally connected, so that no place shares weights with another."));
    }
}

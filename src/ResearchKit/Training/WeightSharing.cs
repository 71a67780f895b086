using ResearchKit.Formats;
using ResearchKit.Kernels;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using Modules = TorchSharp.Modules;

namespace ResearchKit.Training;

/// <summary>
/// Trained quantisation: the surviving weights of a layer share the values of a codebook found by k-means, and the shared values are trained on
/// (arXiv:1510.00149, Sec. 3). Pruned weights stay zero and belong to no cluster.
/// </summary>
public sealed class WeightSharing : IDisposable
{
    readonly List<SharedLayer> _layers = [];

    /// <summary>Clusters the non-zero weights of each named layer and puts the centroids in their place.</summary>
    /// <param name="model">The pruned and retrained network.</param>
    /// <param name="bits">
    /// Width of the codes by layer name. One code is the filler's of the sparse index, so b bits give 2^b - 1 shared values.
    /// </param>
    /// <param name="start">How k-means starts (arXiv:1510.00149, Sec. 3.2).</param>
    /// <param name="seed">For random starts.</param>
    public WeightSharing(Module model, IReadOnlyDictionary<string, int> bits, KMeansStart start, int seed = 0)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(bits);
        foreach (var (layer, width) in bits)
        {
            var weight = model.get_parameter(layer + ".weight")
                ?? throw new ArgumentException($"{model.GetName()} has no layer '{layer}'.", nameof(bits));
            _layers.Add(new SharedLayer(layer, weight, width, start, seed));
        }
    }

    /// <summary>Sum over all layers of the squared distances between weights and shared values (arXiv:1510.00149, Eq. 2).</summary>
    public double SumOfSquares => _layers.Sum(l => l.SumOfSquares);

    /// <summary>The shared values of a layer, without the filler's zero.</summary>
    public float[] Centroids(string layer) => _layers.Single(l => l.Name == layer).Centroids.data<float>().ToArray();

    /// <summary>
    /// Gives each weight the sum of the gradients of its cluster (arXiv:1510.00149, Eq. 3), so that a plain gradient step moves the shared value by the
    /// rate times that sum. Biases, which are not shared, do not move.
    /// </summary>
    /// <param name="model">The network, after backward.</param>
    public void ShareGradients(Module model)
    {
        ArgumentNullException.ThrowIfNull(model);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        foreach (var (name, parameter) in model.named_parameters())
        {
            using var grad = parameter.grad;
            if (grad is not null && !_layers.Exists(l => l.Name + ".weight" == name))
            {
                grad.zero_();
            }
        }

        _layers.ForEach(l => l.ShareGradient());
    }

    /// <summary>The gradient of each shared value: the sum over its cluster (arXiv:1510.00149, Eq. 3).</summary>
    /// <param name="gradient">Of the weights, any shape.</param>
    /// <param name="cluster">Of each weight, int64, flat.</param>
    /// <param name="clusters">How many there are.</param>
    /// <returns>[clusters].</returns>
    public static Tensor SummedGradient(Tensor gradient, Tensor cluster, long clusters)
    {
        ArgumentNullException.ThrowIfNull(gradient);
        using var flat = gradient.flatten();
        var sums = zeros(clusters, dtype: gradient.dtype);
        sums.index_add_(0, cluster, flat, 1);
        return sums;
    }

    /// <summary>Takes the moved value of each cluster and gives it to all its members, bit for bit.</summary>
    public void Apply()
    {
        using var noGrad = no_grad();
        _layers.ForEach(l => l.Apply());
    }

    /// <summary>Takes the values of a trained network over as the shared ones.</summary>
    public void TakeUp()
    {
        using var noGrad = no_grad();
        _layers.ForEach(l => l.TakeUp());
    }

    /// <summary>The layers as a compressed model file holds them.</summary>
    /// <param name="indexBits">Width of a relative index.</param>
    public IReadOnlyList<QuantizedTensor> ToTensors(int indexBits) => [.. _layers.Select(l => l.ToTensor(indexBits))];

    /// <summary>Lets codebooks and assignments go.</summary>
    public void Dispose() => _layers.ForEach(l => l.Dispose());

    /// <summary>One layer: its codebook and which of its values each weight has.</summary>
    sealed class SharedLayer : IDisposable
    {
        readonly Modules.Parameter _weight;
        readonly int _codeBits;
        readonly int[] _assignment; // -1 for a pruned weight
        readonly Tensor _cluster; // int64, flat: the cluster of each weight; one more for the pruned ones
        readonly Tensor _member; // int64: the place of one member of each cluster, from which its moved value is read

        internal SharedLayer(string name, Modules.Parameter weight, int codeBits, KMeansStart start, int seed)
        {
            (Name, _weight, _codeBits) = (name, weight, codeBits);
            float[] values;
            using (var flat = weight.detach().flatten())
            {
                values = flat.data<float>().ToArray();
            }

            int[] survivors = [.. Enumerable.Range(0, values.Length).Where(i => values[i] != 0)];
            var clusters = KMeans.Cluster(Array.ConvertAll(survivors, i => values[i]), (1 << codeBits) - 1, start, seed);
            SumOfSquares = clusters.SumOfSquares;

            // Clusters that ended empty are left out: they have no weight to be read from.
            int[] used = [.. clusters.Assignment.Distinct().Order()];
            _assignment = new int[values.Length];
            Array.Fill(_assignment, -1);
            var member = new long[used.Length];
            for (int k = 0; k < survivors.Length; k++)
            {
                int cluster = Array.BinarySearch(used, clusters.Assignment[k]);
                _assignment[survivors[k]] = cluster;
                member[cluster] = survivors[k];
            }

            Centroids = tensor(Array.ConvertAll(used, k => clusters.Codebook[k])).DetachFromDisposeScope();
            _cluster = tensor(Array.ConvertAll(_assignment, c => c < 0 ? used.Length : (long)c)).DetachFromDisposeScope();
            _member = tensor(member).DetachFromDisposeScope();
            Write();
        }

        internal string Name { get; }

        internal double SumOfSquares { get; }

        internal Tensor Centroids { get; private set; }

        internal void ShareGradient()
        {
            using var scope = NewDisposeScope();
            var grad = _weight.grad!;
            var sums = cat([SummedGradient(grad, _cluster, Centroids.numel() + 1).narrow(0, 0, Centroids.numel()), zeros(1)], 0);
            grad.copy_(sums.index_select(0, _cluster).view_as(grad)); // zero for pruned weights, which stay where they are
        }

        internal void Apply()
        {
            TakeUp();
            Write();
        }

        internal void TakeUp()
        {
            using var flat = _weight.flatten();
            var moved = flat.index_select(0, _member).detach().DetachFromDisposeScope();
            Centroids.Dispose();
            Centroids = moved;
        }

        internal QuantizedTensor ToTensor(int indexBits) => QuantizedTensor.FromAssignment(
            Name + ".weight", _weight.shape, Centroids.data<float>().ToArray(), _assignment, _codeBits, indexBits);

        public void Dispose()
        {
            Centroids.Dispose();
            _cluster.Dispose();
            _member.Dispose();
        }

        void Write()
        {
            using var scope = NewDisposeScope();
            using var noGrad = no_grad();
            var values = cat([Centroids, zeros(1)], 0).index_select(0, _cluster).view_as(_weight);
            _weight.copy_(values);
        }
    }
}

using ResearchKit.Formats;
using ResearchKit.Kernels;
using ResearchKit.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResearchKit.Tests.Contract.Twins;

/// <summary>Networks that are broken in one way each.</summary>
[Collection(nameof(GlobalGenerator))]
public class NetworkTwins
{
    static readonly long[] s_shape = [1, 4, 4];

    static ModelEntry Right { get; } = new("right", "", s_shape, classes => new Perceptron(classes));

    [Fact]
    public void A_right_network_passes_every_check()
    {
        Networks.CheckCounts(Right, 170, 160);
        Networks.CheckFile(Right);
        Networks.CheckCheckpoint(Right);
        Networks.CheckSeeds(Right);
        Networks.CheckLabels(Right);
        Networks.CheckMasked(Right);
    }

    [Theory]
    [InlineData(171, 160, "171")]
    [InlineData(170, 161, "161")]
    public void Wrong_counts_are_found(long parameters, long macs, string because) =>
        LayerTwins.Fails(because, () => Networks.CheckCounts(Right, parameters, macs));

    [Fact]
    public void Weights_that_are_not_saved_are_found() =>
        Assert.ThrowsAny<Exception>(() => Networks.CheckFile(Right with { Create = classes => new Perceptron(classes) { Renames = true } }));

    [Fact]
    public void A_checkpoint_that_does_not_hold_all_weights_is_found() =>
        Assert.ThrowsAny<Exception>(() => Networks.CheckCheckpoint(Right with { Create = classes => new Perceptron(classes) { Renames = true } }));

    [Fact]
    public void A_sparse_product_that_loses_a_weight_is_found()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var weight = randn(3, 5);
        LayerTwins.Fails("other numbers", () => Networks.CheckSparse("twin", weight, (x, y, batch) =>
        {
            float[] lost = weight.data<float>().ToArray();
            lost[4] = 0;
            new CsrMatrix(lost, 3, 5).Multiply(x, y, batch);
        }));
    }

    [Fact]
    public void Weights_that_ignore_the_seed_are_found()
    {
        var number = 0;
        LayerTwins.Fails("same seed", () => Networks.CheckSeeds(Right with { Create = classes => new Perceptron(classes, number++) }));
        LayerTwins.Fails("another seed", () => Networks.CheckSeeds(Right with { Create = classes => new Perceptron(classes, 1) }));
    }

    [Fact]
    public void A_network_that_has_seen_the_labels_is_found() =>
        LayerTwins.Fails("seen them", () => Networks.CheckLabels(Right, images => new Perceptron(10) { Seen = images.Labels[0] }));

    [Fact]
    public void A_pruned_weight_that_comes_back_is_found()
    {
        using var model = new Perceptron(10);
        using (no_grad())
        {
            model.get_parameter("full.weight")!.zero_();
        }

        var revived = new float[160];
        revived[3] = 0.1f;
        LayerTwins.Fails("pruned weights", () => Networks.CheckDecoded("twin", model, [new DenseTensor("full.weight", [10, 16], revived)]));
    }

    [Fact]
    public void Batches_that_ignore_the_seed_or_depend_on_the_past_are_found()
    {
        using var scope = NewDisposeScope();
        var asked = 0;
        LayerTwins.Fails("same seed", () => Seeding.CheckBatches(_ => (_, _) => (full(2, asked++), zeros(2))));
        LayerTwins.Fails("Another seed", () => Seeding.CheckBatches(_ => (epoch, k) => (full(2, epoch + k), zeros(2))));
        LayerTwins.Fails("asked for before", () => Seeding.CheckBatches(seed =>
        {
            int before = seed;
            return (epoch, k) => (full(2, before++), zeros(2));
        }));
        LayerTwins.Fails("same order", () => Seeding.CheckBatches(seed => (_, k) => (full(2, seed + k), zeros(2))));
    }

    /// <summary>One full layer on 4x4 images.</summary>
    sealed class Perceptron : Module<Tensor, Tensor>
    {
        readonly Linear full;

        public Perceptron(int classes, int? seed = null)
            : base(nameof(Perceptron))
        {
            if (seed is { } s)
            {
                manual_seed(s);
            }

            full = Linear(16, classes);
            RegisterComponents();
        }

        public int Seen { get; init; }

        public bool Renames { get; init; }

        public override Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null)
        {
            var state = base.state_dict(destination, prefix);
            return Renames ? state.ToDictionary(p => $"{p.Key}-{state.Values.First().sum().ToSingle()}", p => p.Value) : state;
        }

        public override Tensor forward(Tensor input) => full.call(input.flatten(1) + Seen);
    }
}

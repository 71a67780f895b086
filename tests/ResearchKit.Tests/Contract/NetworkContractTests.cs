using ResearchKit.Data;
using ResearchKit.Models;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Contract;

/// <summary>What every network of the catalog goes through, by being there.</summary>
[Collection(nameof(GlobalGenerator))]
public class NetworkContractTests
{
    public static IEnumerable<TheoryDataRow<string>> Names => ModelCatalog.All.Select(m => new TheoryDataRow<string>(m.Name));

    /// <summary>Of each class the smallest network: the others differ in depth or width only.</summary>
    public static IEnumerable<TheoryDataRow<string>> Kinds => ModelCatalog.All
        .Select(entry =>
        {
            using var model = entry.Create(10);
            return (entry.Name, Type: model.GetType(), Size: model.parameters().Sum(p => p.numel()));
        })
        .GroupBy(m => m.Type)
        .Select(g => new TheoryDataRow<string>(g.MinBy(m => m.Size).Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_parameters_and_macs_are_the_integers_counted_by_hand(string name)
    {
        var counts = Existing.All<ModelCounts>(typeof(ModelCounts).Assembly).SelectMany(c => c.Counts).Where(c => c.Model == name).ToArray();
        Assert.True(counts.Length == 1, $"{name} needs its parameters and MACs counted by hand, once: a class in tests/ResearchKit.Tests that derives from ModelCounts.");
        Networks.CheckCounts(Entry(name), counts[0].Parameters, counts[0].Macs);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Its_gradients_are_those_of_finite_differences(string name)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        Gradients.CheckOne(UseOf(Entry(name), 3), null, name, directions: 2, parametersTogether: true);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Odd_inputs_give_a_result_or_an_error_that_says_what_was_wrong(string name)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        manual_seed(1);
        OddInputs.CheckOne(UseOf(Entry(name), 3), null, isDouble: true, name);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Saved_loaded_and_saved_it_has_the_same_bytes(string name) => Networks.CheckFile(Entry(name));

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_seed_gives_the_same_bits_and_another_seed_others(string name) => Networks.CheckSeeds(Entry(name));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Labels_shuffled_or_absent_change_nothing_that_it_computes(string name) => Networks.CheckLabels(Entry(name));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Pruned_weights_are_zero_in_the_decoded_file_and_sparse_layers_give_what_dense_ones_give(string name) => Networks.CheckMasked(Entry(name));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_checkpoint_loaded_and_saved_has_the_same_bytes(string name) => Networks.CheckCheckpoint(Entry(name));

    [Fact]
    public void Batches_follow_from_their_seed()
    {
        using var scope = NewDisposeScope();
        var data = Shapes.Draw(60, 10, 1).Train;
        Seeding.CheckBatches(seed =>
        {
            var batches = new Batches(data, 16, data.ChannelStatistics(), shuffle: true, seed: seed, augmentation: new(Shift: 2, Flip: true));
            return (epoch, index) => batches.Get(epoch, index) is var (input, target) ? (input, target) : default;
        });
    }

    internal static ModelEntry Entry(string name) => ModelCatalog.All.Single(m => m.Name == name);

    internal static Use UseOf(ModelEntry entry, int images)
    {
        var model = entry.Create(10);
        // A network of convolutions alone takes images of any size, and small ones are enough for its gradients.
        const long Small = 32;
        bool shrinks = !model.modules().OfType<TorchSharp.Modules.Linear>().Any();
        return new(x => model.call(x[0]), [randn([images, .. entry.InputShape.Select(n => shrinks ? Math.Min(n, Small) : n)])], model);
    }
}

using TorchSharp;
using static PackageContract.Tests.ModuleGolden;
using static TorchSharp.torch;

namespace PackageContract.Tests;

[Collection("process-wide state")]
public class DataLoaderTests
{
    sealed class Squares : utils.data.Dataset
    {
        public override long Count => 7;

        public override Dictionary<string, Tensor> GetTensor(long index) => new()
        {
            ["data"] = tensor(new[] { (double)index, index * index }),
            ["label"] = tensor(index),
        };
    }

    [Fact]
    public void Batches_stack_items_in_order()
    {
        using var loader = utils.data.DataLoader(new Squares(), 3);
        Assert.Equal(3, loader.Count);
        var rows = new List<double>();
        var sizes = new List<long>();
        foreach (var batch in loader)
        {
            sizes.Add(batch["label"].shape[0]);
            rows.AddRange(Numbers(batch["data"]));
        }

        Assert.Equal([3, 3, 1], sizes);
        Assert.Equal(Enumerable.Range(0, 7).SelectMany(k => new double[] { k, k * k }), rows);
    }

    [Fact]
    public void A_last_small_batch_can_be_dropped()
    {
        using var loader = utils.data.DataLoader(new Squares(), 3, drop_last: true);
        Assert.Equal(2, loader.Count);
        Assert.Equal(2, loader.Select(b => b.Count).ToList().Count);
    }

    [Fact]
    public void A_seed_gives_the_same_order_again()
    {
        static double[] Labels(IEnumerable<Dictionary<string, Tensor>> loader) => [.. loader.SelectMany(b => Numbers(b["label"]))];

        using var loader = utils.data.DataLoader(new Squares(), 2, shuffle: true, seed: 5);
        var first = Labels(loader);
        Assert.Equal(first, Labels(loader));
        Assert.Equal([0, 1, 2, 3, 4, 5, 6], first.Order());
    }

    [Fact]
    public void A_given_order_is_followed()
    {
        using var loader = utils.data.DataLoader(new Squares(), 2, [6, 0, 3]);
        Assert.Equal([6, 0, 3], loader.SelectMany(b => Numbers(b["label"])));
    }

    [Fact]
    public void A_batch_lives_until_the_next_one()
    {
        using var loader = utils.data.DataLoader(new Squares(), 4);
        Tensor? last = null;
        foreach (var batch in loader)
        {
            Assert.True(last is null || last.IsInvalid);
            last = batch["data"];
            Assert.False(last.IsInvalid);
        }

        Assert.True(last!.IsInvalid);
    }

    [Fact]
    public void Tensors_become_a_data_set_of_their_rows()
    {
        using var rows = Ramp([5, 2]);
        using var labels = arange(5);
        using var set = utils.data.TensorDataset(rows, labels);
        Assert.Equal(5, set.Count);
        using var loader = utils.data.DataLoader(set, 2);
        var seen = new List<double>();
        foreach (var batch in loader)
        {
            seen.AddRange(Numbers(batch[0]));
        }

        Assert.Equal(Numbers(rows), seen);
    }
}

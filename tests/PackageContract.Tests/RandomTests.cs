using TorchSharp;
using static TorchSharp.torch;

namespace PackageContract.Tests;

/// <summary>Expected numbers: PyTorch 1.13.1 on a CPU, <c>torch.manual_seed(42)</c> before each.</summary>
public class RandomTests
{
    [Fact]
    public void A_seed_gives_PyTorchs_numbers()
    {
        manual_seed(42);
        Expect.Floats(rand(4), 0.8822692632675171, 0.9150039553642273, 0.38286375999450684, 0.9593056440353394);
        manual_seed(42);
        Expect.Floats(randn(4), 0.33669036626815796, 0.12880940735340118, 0.23446236550807953, 0.23033303022384644);
        manual_seed(42);
        Expect.Floats(randn(20)[17..], -0.3957104980945587, 0.8034093379974365, -0.6215953826904297);
        manual_seed(42);
        Expect.Longs(randperm(8), 6, 3, 0, 7, 2, 1, 4, 5);
        manual_seed(42);
        Expect.Longs(randint(0, 100, [5]), 42, 67, 76, 14, 26);
        torch.random.manual_seed(42);
        Expect.Floats(empty(3).uniform_(-2, 3), 2.411346435546875, 2.5750198364257812, -0.08568120002746582);
        manual_seed(42);
        Expect.Floats(empty(3).normal_(1, 2), 1.673380732536316, 1.25761878490448, 1.4689247608184814);
        manual_seed(42);
        Expect.Floats(full([10], 0.3).bernoulli(), 0, 0, 0, 0, 0, 0, 1, 0, 0, 1);
        manual_seed(42);
        Expect.Longs(multinomial(tensor(new[] { .1f, .2f, .3f, .4f }), 3), 3, 1, 2);
        manual_seed(42);
        Expect.Longs(empty(4, dtype: int64).random_(5, 50), 47, 37, 21, 9);
    }

    [Fact]
    public void Generators_are_independent_of_the_default_one()
    {
        using var generator = new Generator(7);
        manual_seed(1);
        using var before = get_rng_state();
        Expect.Floats(rand([3], generator: generator), 0.5349225401878357, 0.19880318641662598, 0.6592116951942444);
        using var after = get_rng_state();
        Assert.True(before.equal(after));
        generator.manual_seed(7);
        Expect.Floats(rand([1], generator: generator), 0.5349225401878357);
    }

    [Fact]
    public void A_state_that_is_set_again_repeats_the_numbers()
    {
        manual_seed(3);
        rand(5).Dispose();
        using var state = get_rng_state();
        using var first = randn(7);
        set_rng_state(state);
        using var second = randn(7);
        Assert.True(first.equal(second));
    }

    [Fact]
    public void Bernoulli_in_place_has_the_rate_asked_for()
    {
        manual_seed(5);
        Assert.InRange(empty(100_000).bernoulli_(0.3).mean().ToDouble(), 0.295, 0.305);
    }
}

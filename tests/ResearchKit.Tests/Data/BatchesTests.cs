using ResearchKit.Data;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Data;

[Collection(nameof(GlobalGenerator))]
public class BatchesTests
{
    static readonly ChannelStatistics s_raw = new([0, 0], [1 / 255.0, 1 / 255.0]); // leaves pixel values as they are

    static ImageSet Images(int count = 7, int channels = 2, int height = 4, int width = 5)
    {
        var random = new Random(3);
        var pixels = new byte[count * channels * height * width];
        random.NextBytes(pixels);
        return new("random", count, channels, height, width, pixels, [.. Enumerable.Range(0, count).Select(i => (byte)i)], ["a", "b", "c", "d", "e", "f", "g"]);
    }

    [Fact]
    public void Batches_hold_the_images_in_order_and_the_last_one_the_rest()
    {
        var images = Images();
        using var batches = new Batches(images, 3, s_raw);
        Assert.Equal(3, batches.Count);
        var (input, target) = batches.Get(0, 2);
        Assert.Equal([1, 2, 4, 5], input.shape);
        Assert.Equal(6, target.item<long>());
        Assert.Equal(images.Image(6).ToArray().Select(p => (float)p), input.contiguous().data<float>().ToArray());
    }

    [Fact]
    public void Convolution_inputs_lie_channels_last()
    {
        using var batches = new Batches(Images(), 3, s_raw);
        Assert.Equal([40, 1, 10, 2], batches.Get(0, 0).Input.stride());
    }

    [Fact]
    public void An_epoch_is_a_permutation_and_another_epoch_another_one()
    {
        using var batches = new Batches(Images(), 3, s_raw, shuffle: true, seed: 5);
        long[] Labels(int epoch) => [.. Enumerable.Range(0, 3).SelectMany(i => batches.Get(epoch, i).Target.data<long>().ToArray())];
        Assert.Equal([0, 1, 2, 3, 4, 5, 6], Labels(0).Order());
        Assert.NotEqual(Labels(0), Labels(1));
        Assert.Equal(Labels(0), Labels(0));
    }

    [Fact]
    public void Members_are_the_places_of_the_images_in_their_set()
    {
        using var batches = new Batches(Images(), 3, s_raw, shuffle: true, seed: 5); // the label of an image is its place
        Assert.All(Enumerable.Range(0, 3), i => Assert.Equal(
            batches.Get(1, i).Target.data<long>().ToArray(), batches.Get(1, i).Members.data<long>().ToArray()));
    }

    [Fact]
    public void Augmentation_shifts_and_mirrors_whole_images_and_fills_with_black()
    {
        var images = Images(count: 1);
        using var batches = new Batches(images, 1, s_raw, seed: 1, augmentation: new(Shift: 2, Flip: true));
        var seen = new HashSet<(int, int, bool)>();
        for (int epoch = 0; epoch < 1000; epoch++)
        {
            var got = batches.Get(epoch, 0).Input.contiguous().data<float>().ToArray();
            seen.Add(Assert.Single(Candidates(images), c => c.Pixels.SequenceEqual(got)).Change);
        }

        Assert.Equal(5 * 5 * 2, seen.Count);
    }

    static IEnumerable<((int, int, bool) Change, float[] Pixels)> Candidates(ImageSet images)
    {
        for (int dy = -2; dy <= 2; dy++)
        {
            for (int dx = -2; dx <= 2; dx++)
            {
                foreach (bool flip in new[] { false, true })
                {
                    var pixels = new float[images.ImageBytes];
                    for (int c = 0; c < 2; c++)
                    {
                        for (int y = 0; y < 4; y++)
                        {
                            for (int x = 0; x < 5; x++)
                            {
                                int fromY = y + dy, fromX = (flip ? 4 - x : x) + dx;
                                bool inside = fromY is >= 0 and < 4 && fromX is >= 0 and < 5;
                                pixels[(((c * 4) + y) * 5) + x] = inside ? images.Pixels[(((c * 4) + fromY) * 5) + fromX] : 0;
                            }
                        }
                    }

                    yield return ((dy, dx, flip), pixels);
                }
            }
        }
    }

    [Fact]
    public void Normalised_training_images_have_mean_zero_and_deviation_one()
    {
        var images = Shapes.Draw(200, 50, 1).Train;
        using var batches = new Batches(images, images.Count, images.ChannelStatistics());
        var input = batches.Get(0, 0).Input;
        Assert.Equal(0, input.mean().ToDouble(), 4);
        Assert.Equal(1, input.std().ToDouble(), 3);
    }
}

using ResearchKit.Data;

namespace ResearchKit.Tests.Data;

public class SplitTests
{
    [Fact]
    public void Both_parts_together_are_all_images_and_each_class_has_its_share()
    {
        var random = new SplitMix64(3);
        for (var round = 0; round < 200; round++)
        {
            var labels = Enumerable.Range(0, 1 + random.NextInt32(300)).Select(_ => random.NextInt32(1 + round % 12)).ToArray();
            var count = random.NextInt32(labels.Length + 1);
            var (train, validation) = Split.Stratified(labels, count);

            Assert.Equal(count, validation.Length);
            Assert.Equal(Enumerable.Range(0, labels.Length), train.Concat(validation).Order());
            Assert.Equal(train.Order(), train);
            Assert.Equal(validation.Order(), validation);
            foreach (var (label, members) in labels.CountBy(l => l))
            {
                var exact = (double)members * count / labels.Length;
                Assert.InRange(validation.Count(i => labels[i] == label), Math.Floor(exact), Math.Floor(exact) + 1);
            }
        }
    }

    [Fact]
    public void More_than_there_are_cannot_be_held_out() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Split.Stratified([1, 2, 3], 4));
}

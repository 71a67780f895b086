using ResearchKit.Tests.Training;
using ResearchKit.Training;

namespace ResearchKit.Tests.Fuzzing.Targets;

/// <summary>What is refused must have changed neither network nor optimiser.</summary>
sealed class CheckpointTarget : FuzzTarget
{
    readonly Lazy<TinyTraining> training = new(() => new TinyTraining(seed: 1));

    public override Type Covers => typeof(Checkpoint);

    public override IEnumerable<byte[]> Files()
    {
        foreach (var steps in new[] { 1, 3 })
        {
            using var other = new TinyTraining(seed: 2);
            other.Step(steps);
            yield return other.Bytes();
        }
    }

    public override IReadOnlyList<byte[]> Words => [.. SafeTensorsHeader.Words, "\\\"History\\\":[]"u8.ToArray(), "\\\"Epoch\\\":0,"u8.ToArray()];

    public override byte[] Mend(byte[] bytes, Random random) => SafeTensorsHeader.Mend(bytes);

    public override void Decode(byte[] bytes)
    {
        var before = training.Value.Everything();
        try
        {
            training.Value.Load(bytes);
        }
        catch (InvalidDataException)
        {
            Assert.True(before.AsSpan().SequenceEqual(training.Value.Everything()), "A refused checkpoint changed the training.");
            throw;
        }
    }
}

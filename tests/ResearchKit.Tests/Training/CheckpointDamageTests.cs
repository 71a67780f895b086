using ResearchKit.Formats;
using ResearchKit.Tests.Formats;

namespace ResearchKit.Tests.Training;

/// <summary>Bits that flip in a checkpoint, and disks that fail while one is written.</summary>
[Collection(nameof(GlobalGenerator))]
public class CheckpointDamageTests
{
    const int NoSpace = 28, InputOutput = 5, Denied = 13;

    [Fact]
    public void Every_flipped_bit_is_detected_and_changes_nothing()
    {
        using var training = new TinyTraining(seed: 1);
        training.Step(2);
        var bytes = training.Bytes();
        training.Step(1);
        var before = training.Everything();
        for (var bit = 0; bit < 8 * bytes.Length; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << bit % 8);
            Assert.Throws<InvalidDataException>(() => training.Load(bytes));
            bytes[bit / 8] ^= (byte)(1 << bit % 8);
        }
        Assert.Equal(before, training.Everything());
        training.Load(bytes);
        Assert.NotEqual(before, training.Everything());
    }

    [Fact]
    public void Every_cut_and_any_added_byte_is_detected()
    {
        using var training = new TinyTraining(seed: 1);
        training.Step(2);
        var bytes = training.Bytes();
        for (var length = 0; length < bytes.Length; length++)
            Assert.Throws<InvalidDataException>(() => training.Load(bytes[..length]));
        Assert.Throws<InvalidDataException>(() => training.Load([.. bytes, 0]));
    }

    // The n-th open, lock, write, flush, rename or close fails or writes less than asked, for all n.
    [Theory]
    [InlineData(NoSpace)]
    [InlineData(InputOutput)]
    [InlineData(Denied)]
    public void After_a_failed_call_the_old_checkpoint_loads_or_the_new_one(int error)
    {
        var (old, next) = OldAndNew();
        var seen = new HashSet<string>();
        for (var n = 0; n < CallsOfOneSave(); n++)
        {
            using var training = Trained();
            var disk = Disk(old, n, error);
            var failed = Record.Exception(() => training.Save(disk)) is not null;
            var content = disk.Read(TinyTraining.File);
            seen.Add(Loads(content, old, next));
            Assert.Equal([TinyTraining.File], disk.Names);
            Assert.True(failed || content.AsSpan().SequenceEqual(next), $"call {n}");
        }
        Assert.Equal(["new", "old"], seen.Order());
    }

    [Fact]
    public void After_a_crash_at_any_call_the_old_checkpoint_loads_or_the_new_one()
    {
        var (old, next) = OldAndNew();
        var seen = new HashSet<string>();
        for (var n = 0; n <= CallsOfOneSave(); n++)
        {
            using var training = Trained();
            var disk = Disk(old, n, crash: true);
            var finished = Record.Exception(() => training.Save(disk)) is null;
            foreach (var survivor in disk.AfterCrash())
            {
                AtomicFile.RemoveLeftovers("/disk", survivor);
                Assert.Equal([TinyTraining.File], survivor.Names);
                var which = Loads(survivor.Read(TinyTraining.File), old, next);
                seen.Add(which);
                Assert.False(finished && which == "old");
            }
        }
        Assert.Equal(["new", "old"], seen.Order());
    }

    // The broken twin: a file written over in place, and one renamed without a flush, which the crashes above must tell from a sound one.
    [Fact]
    public void Writing_over_the_old_checkpoint_or_forgetting_to_flush_is_found_out()
    {
        var (old, next) = OldAndNew();
        Assert.Equal(old.Length, next.Length);
        var differing = Enumerable.Range(0, old.Length).Where(i => old[i] != next[i]).ToList();
        var torn = differing[differing.Count / 2];
        Assert.Throws<InvalidDataException>(() => Loads([.. next[..torn], .. old[torn..]], old, next));
        using var training = Trained();
        var disk = Disk(old, -1, forgetFlushes: true);
        training.Save(disk);
        var lost = disk.AfterCrash().Select(survivor => Record.Exception(() => Loads(survivor.Read(TinyTraining.File), old, next))).ToList();
        Assert.Contains(lost, e => e is InvalidDataException);
    }

    static string Loads(byte[] content, byte[] old, byte[] next)
    {
        using var training = new TinyTraining(seed: 3);
        training.Load(content);
        return content.AsSpan().SequenceEqual(next) ? "new" : content.AsSpan().SequenceEqual(old) ? "old" : throw new InvalidOperationException("neither");
    }

    static TinyTraining Trained()
    {
        var training = new TinyTraining(seed: 1);
        training.Step(2);
        return training;
    }

    static (byte[] Old, byte[] New) OldAndNew()
    {
        using var training = new TinyTraining(seed: 1);
        training.Step(1);
        var old = training.Bytes();
        training.Step(1);
        return (old, training.Bytes());
    }

    static DiskModel Disk(byte[] old, int failAt, int error = 0, bool crash = false, bool forgetFlushes = false)
    {
        var disk = new DiskModel { FailAt = failAt, Error = error, Crash = crash, LongestWrite = 1000, ForgetFlushes = forgetFlushes };
        disk.Place(TinyTraining.File, old);
        return disk;
    }

    static int CallsOfOneSave()
    {
        using var training = Trained();
        var disk = Disk([], -1);
        training.Save(disk);
        return disk.Calls;
    }
}

using ResearchKit.Tests.Contract;

namespace ResearchKit.Tests.Fuzzing;

/// <summary>
/// A decoder under fuzzing. Found by its type. A format that has a <see cref="FormatSample"/> is fuzzed with that one's files; a target of its
/// own knows more: its words, and how to mend checksums and lengths after a mutation, so that damage gets past them.
/// </summary>
public abstract class FuzzTarget
{
    /// <summary>The class that decodes.</summary>
    public abstract Type Covers { get; }

    /// <summary>Small valid files, as different as the format allows.</summary>
    public abstract IEnumerable<byte[]> Files();

    /// <summary>Decodes; throws <see cref="InvalidDataException"/> for what is refused, and checks what is not.</summary>
    public abstract void Decode(byte[] bytes);

    /// <summary>Words of the format, put in at random.</summary>
    public virtual IReadOnlyList<byte[]> Words => [];

    /// <summary>Makes a mutated file plausible again: called for half of the cases.</summary>
    public virtual byte[] Mend(byte[] bytes, Random random) => bytes;

    /// <summary>The file that is decoded, where the mutated bytes are only a part of it.</summary>
    public virtual byte[] Wrap(byte[] bytes) => bytes;

    public sealed override string ToString() => GetType().Name is var name && name.EndsWith("Target", StringComparison.Ordinal) ? name[..^6] : name;

    /// <summary>All targets: those that were written, and one for each sample that none of them covers.</summary>
    public static IReadOnlyList<(string Name, FuzzTarget Target)> All { get; } = Find();

    static List<(string, FuzzTarget)> Find()
    {
        var types = typeof(FuzzTarget).Assembly.GetTypes().Where(t => !t.IsAbstract && !t.IsNested && t != typeof(SampleTarget))
            .OrderBy(t => t.FullName, StringComparer.Ordinal).ToList();
        IEnumerable<T> All<T>() => types.Where(t => t.IsSubclassOf(typeof(T))).Select(t => (T)Activator.CreateInstance(t)!);
        var own = All<FuzzTarget>().ToList();
        var samples = All<FormatSample>().Where(s => own.All(target => target.Covers != s.Covers));
        return [.. own.Select(t => (t.ToString(), t)), .. samples.Select(s => (s.GetType().Name, (FuzzTarget)new SampleTarget(s)))];
    }
}

/// <summary>A target made of the sample that the contract of formats asks for.</summary>
public sealed class SampleTarget(FormatSample sample) : FuzzTarget
{
    public override Type Covers => sample.Covers;

    public override IEnumerable<byte[]> Files() => sample.Files();

    public override void Decode(byte[] bytes) => sample.Read(bytes);
}

namespace ResearchKit.Experiments;

/// <summary>The words for a scale.</summary>
public static class ScaleWords
{
    /// <summary>The scale as it is typed: <c>smoke</c>, <c>quick</c>, <c>full</c>, <c>paper</c>.</summary>
#pragma warning disable CA1308 // The words are lower-case by convention, and compared nowhere.
    public static string Word(this Scale scale) => scale.ToString().ToLowerInvariant();
#pragma warning restore CA1308
}

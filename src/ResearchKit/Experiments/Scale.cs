namespace ResearchKit.Experiments;

/// <summary>How much of an experiment is run. A recipe states the budget of each scale.</summary>
public enum Scale
{
    /// <summary>Seconds, on built-in data: shows that everything runs. Sets no verdict on a trained claim.</summary>
    Smoke,

    /// <summary>Minutes on two cores, on real data: the default.</summary>
    Quick,

    /// <summary>Hours, on real data.</summary>
    Full,

    /// <summary>The paper's own settings, for whoever has the machine.</summary>
    Paper,
}

namespace ResearchKit.Tests;

/// <summary>Tests that seed the process's generator or count its tensors run one at a time.</summary>
[CollectionDefinition(nameof(GlobalGenerator), DisableParallelization = true)]
public class GlobalGenerator;

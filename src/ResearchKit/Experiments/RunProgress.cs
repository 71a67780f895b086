namespace ResearchKit.Experiments;

/// <summary>How far a run is.</summary>
/// <param name="Step">What it is doing, such as <c>LeNet-5: retraining after pruning</c>.</param>
/// <param name="Fraction">How much of the step is done, 0 to 1; null where that is not known.</param>
/// <param name="Detail">Loss, accuracy, images per second and the like.</param>
public sealed record RunProgress(string Step, double? Fraction = null, string Detail = "");

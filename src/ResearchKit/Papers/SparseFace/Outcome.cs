namespace ResearchKit.Papers.SparseFace;

/// <summary>Accuracies in per cent: of pairs for faces, of images for the control.</summary>
/// <param name="Dense">Of the dense network.</param>
/// <param name="Steps">After f, then 5b, then 5a was made sparse by correlation.</param>
/// <param name="Random">With f sparse at random.</param>
/// <param name="Highest">With f sparse by the highest correlations.</param>
/// <param name="Magnitude">With f sparse by magnitude.</param>
/// <param name="Scratch">With f sparse by correlation, from new weights.</param>
sealed record Outcome(double Dense, double[] Steps, double Random, double Highest, double Magnitude, double Scratch);

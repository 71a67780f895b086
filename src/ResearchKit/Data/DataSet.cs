namespace ResearchKit.Data;

/// <summary>A data set in its three parts.</summary>
/// <param name="Name">The name by which it is loaded.</param>
/// <param name="Train">What is trained on: the published training images without the validation part.</param>
/// <param name="Validation">What choices are made on; always the same images (<see cref="Split"/>).</param>
/// <param name="Test">The published test images, for the final figure only.</param>
/// <param name="Provenance">Where the bytes came from.</param>
/// <param name="Synthetic">Whether the images are drawn by the kit, so that no claim of a paper can be judged on them.</param>
public sealed record DataSet(string Name, ImageSet Train, ImageSet Validation, ImageSet Test, DataProvenance Provenance, bool Synthetic)
{
    /// <summary>All published training images, for final runs: a copy with the validation images after the others.</summary>
    public ImageSet TrainAndValidation() => Train.Concat(Validation, $"{Name} train and validation");
}

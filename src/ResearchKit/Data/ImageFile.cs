namespace ResearchKit.Data;

/// <summary>One image of an <see cref="ImageFolder"/>, not yet decoded.</summary>
/// <param name="Part"><c>train</c>, <c>val</c> or <c>test</c>, or empty where the folder is not divided.</param>
/// <param name="Class">The name of its class's folder.</param>
/// <param name="Name">The file's name.</param>
public sealed record ImageFile(string Part, string Class, string Name)
{
    internal Func<byte[]> Load { get; init; } = () => [];

    /// <summary>
    /// Whether its name says that it comes from the validation images of ILSVRC-2012, which networks trained on ImageNet have not seen;
    /// Imagenette has such images among both its parts.
    /// </summary>
    public bool IsImageNetValidation => Name.StartsWith("ILSVRC2012_val_", StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Part.Length == 0 ? $"{Class}/{Name}" : $"{Part}/{Class}/{Name}";
}

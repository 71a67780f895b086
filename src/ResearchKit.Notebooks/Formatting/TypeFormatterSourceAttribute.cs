namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>Names the class whose <c>CreateTypeFormatters</c> gives the formatters of a type. Attributes of this name from any assembly count.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface)]
public sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    /// <summary>The class with a parameterless constructor and the method.</summary>
    public Type FormatterSourceType { get; } = formatterSourceType;

    /// <summary>The MIME types to show the type in.</summary>
    public string[] PreferredMimeTypes { get; set; } = [];
}

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>Writes the values of a type in one MIME type.</summary>
public interface ITypeFormatter
{
    /// <summary>The MIME type that is written.</summary>
    string MimeType { get; }

    /// <summary>The type, and with it those derived from it, whose values are written.</summary>
    Type Type { get; }

    /// <summary>Writes a value; false declines.</summary>
    bool Format(object instance, FormatContext context);
}

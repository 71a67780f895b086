namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>Writes the form of a value; false declines, so that another formatter is asked.</summary>
public delegate bool FormatDelegate<in T>(T value, FormatContext context);

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>One form of a value.</summary>
/// <param name="mimeType">The type of the form, such as <c>text/html</c>.</param>
/// <param name="value">The form itself.</param>
public sealed class FormattedValue(string mimeType, string value)
{
    /// <summary>The type of the form.</summary>
    public string MimeType { get; } = mimeType;

    /// <summary>The form itself.</summary>
    public string Value { get; } = value;

    /// <summary>The forms of a value in the types preferred for it.</summary>
    public static IReadOnlyList<FormattedValue> CreateManyFromObject(object? value, params string[] mimeTypes) => CreateMany(value, mimeTypes);

    internal static IReadOnlyList<FormattedValue> CreateMany(object? value, IReadOnlyList<string> mimeTypes)
    {
        switch (value)
        {
            case FormattedValue one:
                return [one];
            case IEnumerable<FormattedValue> many:
                return [.. many];
            case DisplayedValue shown:
                return shown.FormattedValues;
        }
        var types = mimeTypes.Count > 0 ? mimeTypes : Formatter.GetPreferredMimeTypesFor(value?.GetType());
        var forms = types.Distinct().Select(m => new FormattedValue(m, Formatter.ToDisplayString(value, m))).ToList();
        if (mimeTypes.Count == 0 && forms.TrueForAll(f => f.MimeType is not PlainTextFormatter.MimeType) && Formatter.IsTextual(types))
            forms.Add(new(PlainTextFormatter.MimeType, Formatter.ToDisplayString(value, PlainTextFormatter.MimeType)));
        return forms;
    }
}

using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Formatting;

namespace System;

/// <summary>Displays values from a cell.</summary>
public static class DisplayExtensions
{
    /// <summary>Shows a value under the cell.</summary>
    /// <param name="value">What to show.</param>
    /// <param name="mimeTypes">The MIME types to show it in; by default those preferred for its type.</param>
    public static DisplayedValue Display(this object? value, params string[] mimeTypes) => new DisplayedValue(value, mimeTypes).Show();

    /// <summary>Shows a text as it stands in a MIME type.</summary>
    public static DisplayedValue DisplayAs(this string value, string mimeType) => new DisplayedValue(new FormattedValue(mimeType, value), []).Show();

    /// <summary>Shows the items as rows of a table, with a column for each of their properties.</summary>
    public static DisplayedValue DisplayTable<T>(this IEnumerable<T> value, params string[] mimeTypes) => new DisplayedValue(value.ToArray(), mimeTypes).Show();
}

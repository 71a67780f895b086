using System.Text.Encodings.Web;

namespace Microsoft.AspNetCore.Html;

/// <summary>Markup.</summary>
public interface IHtmlContent
{
    /// <summary>Writes the markup; text in it is encoded by <paramref name="encoder"/>.</summary>
    void WriteTo(TextWriter writer, HtmlEncoder encoder);
}

/// <summary>Markup that is held as a string.</summary>
public sealed class HtmlString(string? value) : IHtmlContent
{
    /// <summary>The markup.</summary>
    public string Value { get; } = value ?? "";

    /// <inheritdoc/>
    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(Value);
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}

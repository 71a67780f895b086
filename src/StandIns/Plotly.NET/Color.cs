namespace Plotly.NET;

/// <summary>A colour as plotly.js reads it.</summary>
public sealed class Color
{
    Color(string value) => Value = value;

    internal string Value { get; }

    public static Color fromString(string c) => new(c);

    /// <summary>A colour from <c>#rrggbb</c> (the hash may be left out).</summary>
    public static Color fromHex(string hex)
    {
        ArgumentNullException.ThrowIfNull(hex);
        var digits = hex.TrimStart('#');
        if (digits.Length != 6 || !digits.All(char.IsAsciiHexDigit))
            throw new ArgumentException($"'{hex}' is not a colour of the form #rrggbb.", nameof(hex));
        return new("#" + digits);
    }
}

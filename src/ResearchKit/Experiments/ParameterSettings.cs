using System.Collections;
using System.Reflection;
using ResearchKit.Data;

namespace ResearchKit.Experiments;

/// <summary>Changes parameters as <c>--set name=value</c> asks.</summary>
public static class ParameterSettings
{
    /// <summary>The names of a parameters record with the type and the value of each, for print.</summary>
    public static IReadOnlyList<(string Name, string Type, string Value)> Describe(object parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return [.. Properties(parameters).Select(p => (NameOf(p), Expected(p.PropertyType), Print(p.GetValue(parameters))))];
    }

    /// <summary>A copy of a parameters record with changes; upper and lower case, hyphens and underscores in names are alike.</summary>
    /// <param name="parameters">A record with public settable (or init) properties.</param>
    /// <param name="settings">Each <c>name=value</c>; items of lists are separated by commas.</param>
    /// <exception cref="UsageException">A name is unknown, or a value is not of the expected type.</exception>
    public static object Apply(object parameters, IEnumerable<string> settings)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(settings);
        var copy = typeof(object).GetMethod("MemberwiseClone", BindingFlags.Instance | BindingFlags.NonPublic)!.Invoke(parameters, null)!;
        var properties = Properties(copy);
        foreach (var setting in settings)
        {
            var equals = setting.IndexOf('=');
            if (equals < 1)
                throw new UsageException($"'{setting}' is not of the form name=value, such as {Example(copy, properties)}.");
            var name = setting[..equals].Trim();
            var property = properties.FirstOrDefault(p => Plain(p.Name) == Plain(name))
                ?? throw new UsageException(Spelling.Unknown("parameter", name, [.. properties.Select(NameOf)]));
            var value = Parse(setting[(equals + 1)..].Trim(), property.PropertyType)
                ?? throw new UsageException($"'{setting}': {NameOf(property)} takes {Expected(property.PropertyType)}"
                    + $" (here {Print(property.GetValue(copy))}).{EnumHint(setting[(equals + 1)..], property.PropertyType)}");
            property.SetValue(copy, value == Nothing ? null : value);
        }
        return copy;
    }

    static readonly object Nothing = new();

    static PropertyInfo[] Properties(object parameters) => [.. parameters.GetType()
        .GetProperties(BindingFlags.Instance | BindingFlags.Public)
        .Where(p => p is { CanRead: true, CanWrite: true } && p.GetIndexParameters().Length == 0)];

    static string NameOf(PropertyInfo property) => char.ToLowerInvariant(property.Name[0]) + property.Name[1..];

    static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    // Null means that the text is not of the type.
    static object? Parse(string text, Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return text.Equals("none", StringComparison.OrdinalIgnoreCase) ? Nothing : Parse(text, underlying);
        if (type == typeof(string))
            return text;
        if (type == typeof(bool))
            return text.ToUpperInvariant() switch { "TRUE" or "YES" or "ON" or "1" => true, "FALSE" or "NO" or "OFF" or "0" => false, _ => null };
        if (type.IsEnum)
            return Enum.GetNames(type).FirstOrDefault(n => Plain(n) == Plain(text)) is { } name ? Enum.Parse(type, name) : null;
        if (type == typeof(int))
            return int.TryParse(text, out var n) ? n : null;
        if (type == typeof(long))
            return long.TryParse(text, out var n) ? n : null;
        if (type == typeof(double))
            return double.TryParse(text, out var d) && double.IsFinite(d) ? d : null;
        if (type == typeof(float))
            return float.TryParse(text, out var f) && float.IsFinite(f) ? f : null;
        return ItemOf(type) is { } item ? ParseList(text, item) : null;
    }

    static Array? ParseList(string text, Type item)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var list = Array.CreateInstance(item, parts.Length);
        for (var i = 0; i < parts.Length; i++)
        {
            if (Parse(parts[i], item) is not { } value)
                return null;
            list.SetValue(value, i);
        }
        return list;
    }

    static Type? ItemOf(Type type) => type.IsArray ? type.GetElementType()
        : type.IsGenericType && type.GetGenericArguments() is [var item] && type.IsAssignableFrom(item.MakeArrayType()) ? item
        : null;

    static string Expected(Type type) =>
        Nullable.GetUnderlyingType(type) is { } underlying ? $"{Expected(underlying)} or none"
        : type == typeof(string) ? "text"
        : type == typeof(bool) ? "true or false"
        : type.IsEnum ? "one of " + string.Join(", ", Enum.GetNames(type))
        : type == typeof(int) || type == typeof(long) ? "a whole number"
        : type == typeof(double) || type == typeof(float) ? "a number"
        : ItemOf(type) is { } item ? $"a list with commas, each {Expected(item)}"
        : $"a {type.Name}, which cannot be set here";

    static string EnumHint(string text, Type type)
    {
        var enumeration = Nullable.GetUnderlyingType(type) ?? ItemOf(type) ?? type;
        return enumeration.IsEnum && Spelling.Nearest(text, Enum.GetNames(enumeration)) is { } near ? $" Did you mean '{near}'?" : "";
    }

    static string Print(object? value) => value switch
    {
        null => "none",
        string s => s,
        bool b => b ? "true" : "false",
        IEnumerable list => string.Join(",", list.Cast<object?>().Select(Print)),
        IFormattable f => f.ToString(null, null),
        _ => value.ToString() ?? "",
    };

    static string Example(object parameters, PropertyInfo[] properties) =>
        properties is [var first, ..] ? $"{NameOf(first)}={Print(first.GetValue(parameters))}" : "epochs=3";
}

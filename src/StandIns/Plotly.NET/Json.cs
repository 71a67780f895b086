using System.Globalization;
using System.Text.Json.Nodes;
using Plotly.NET.CSharp;

namespace Plotly.NET;

/// <summary>Optional arguments and data into figure JSON.</summary>
static class Json
{
    /// <summary>Sets <paramref name="name"/> where the argument was given.</summary>
    internal static JsonObject Set<T>(this JsonObject node, string name, Optional<T> value, Func<T, JsonNode?> convert)
    {
        if (value.IsSome)
            node[name] = convert(value.Value);
        return node;
    }

    internal static JsonObject Set(this JsonObject node, string name, Optional<string> value) => node.Set(name, value, v => v);

    internal static JsonObject Set(this JsonObject node, string name, Optional<bool> value) => node.Set(name, value, v => v);

    internal static JsonObject Set(this JsonObject node, string name, Optional<double> value) => node.Set(name, value, v => Value(v));

    internal static JsonObject Set(this JsonObject node, string name, Optional<Color> value) => node.Set(name, value, v => v.Value);

    internal static JsonObject Set<T>(this JsonObject node, string name, Optional<IEnumerable<T>> values)
        where T : IConvertible => node.Set(name, values, v => Values(v));

    /// <summary>Sets <paramref name="name"/> unless the object has nothing in it.</summary>
    internal static JsonObject SetObject(this JsonObject node, string name, JsonObject value)
    {
        if (value.Count > 0)
            node[name] = value;
        return node;
    }

    /// <summary>The object called <paramref name="name"/>, made if it is not there.</summary>
    internal static JsonObject Object(this JsonObject node, string name)
    {
        if (node[name] is not JsonObject value)
            node[name] = value = [];
        return value;
    }

    internal static JsonArray Values<T>(IEnumerable<T> values)
        where T : IConvertible => new([.. values.Select(v => Value(v))]);

    /// <summary>A datum. What JSON has no number for (NaN, infinities) becomes null, which plotly.js shows as a gap.</summary>
    static JsonNode? Value(IConvertible? value) => value switch
    {
        null => null,
        double v => double.IsFinite(v) ? v : null,
        float v => float.IsFinite(v) ? v : null,
        decimal v => v,
        bool v => v,
        ulong v => v,
        DateTime v => v.ToString("O", CultureInfo.InvariantCulture),
        sbyte or byte or short or ushort or int or uint or long => value.ToInt64(CultureInfo.InvariantCulture),
        _ => value.ToString(CultureInfo.InvariantCulture),
    };
}

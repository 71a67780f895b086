using System.ComponentModel;

namespace ResearchKit.Notebooks.Languages;

/// <summary>Where a value lies on its way into F#, if the compiler service cannot bind its type: it knows no tuples.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SharedValue
{
    /// <summary>The value.</summary>
    public static object? Value { get; internal set; }

    /// <summary>A type as F# writes it.</summary>
    internal static string TypeName(Type type)
    {
        if (type.IsArray)
            return $"{TypeName(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (!type.IsGenericType)
            return $"global.{type.FullName!.Replace('+', '.')}";
        var name = type.GetGenericTypeDefinition().FullName!;
        string[] arguments = [.. type.GetGenericArguments().Select(TypeName)];
        if (name.StartsWith("System.Tuple`", StringComparison.Ordinal))
            return $"({string.Join(" * ", arguments)})";
        return name.StartsWith("System.ValueTuple`", StringComparison.Ordinal)
            ? $"struct ({string.Join(" * ", arguments)})"
            : $"global.{name[..name.IndexOf('`', StringComparison.Ordinal)].Replace('+', '.')}<{string.Join(", ", arguments)}>";
    }
}

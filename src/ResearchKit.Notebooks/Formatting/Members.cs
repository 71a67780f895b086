using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>What there is to show of a value: its kind, its properties and fields, its items.</summary>
static class Members
{
    static readonly ConcurrentDictionary<Type, (string Name, Func<object, object?> Read)[]> s_known = new();

    /// <summary>True for what is one text: numbers, strings, dates, enumerations, types and the like.</summary>
    public static bool IsScalar(object? value) => value is null or string or decimal or DateTime or DateTimeOffset or TimeSpan or DateOnly or TimeOnly
        or Guid or Uri or Version or Type or System.Numerics.BigInteger or System.Numerics.Complex or Half or Int128 or UInt128
        || value.GetType() is { IsPrimitive: true } or { IsEnum: true } || value is Delegate or Pointer;

    /// <summary>The public properties and fields, in the order of declaration.</summary>
    public static (string Name, Func<object, object?> Read)[] Of(Type type) => s_known.GetOrAdd(type, static t =>
    [
        .. t.GetProperties(BindingFlags.Instance | BindingFlags.Public)
            .Where(p => p.CanRead && p.GetIndexParameters().Length == 0 && !IsUnreadable(p.PropertyType) && p.Name != "EqualityContract")
            .DistinctBy(p => p.Name)
            .Select(p => (p.Name, (Func<object, object?>)(o => Read(() => p.GetValue(o))))),
        .. t.GetFields(BindingFlags.Instance | BindingFlags.Public)
            .Where(f => !IsUnreadable(f.FieldType))
            .Select(f => (f.Name, (Func<object, object?>)f.GetValue)),
    ]);

    /// <summary>The keys and values of a dictionary of any kind; null for what is none.</summary>
    public static IEnumerable<(object? Key, object? Value)>? Pairs(object value)
    {
        if (value is IDictionary plain)
            return Entries(plain);
        var pairs = value.GetType().GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() is var open
            && (open == typeof(IDictionary<,>) || open == typeof(IReadOnlyDictionary<,>)));
        return pairs ? ((IEnumerable)value).Cast<object>().Select(p => (Value(p, "Key"), Value(p, "Value"))) : null;
    }

    /// <summary>True if the type says itself how it prints.</summary>
    public static bool PrintsItself(Type type) =>
        type.GetMethod("ToString", Type.EmptyTypes)?.DeclaringType is { } declaring && declaring != typeof(object) && declaring != typeof(ValueType);

    /// <summary>A type as C# writes it.</summary>
    public static string NameOf(Type type)
    {
        if (type.IsArray)
            return $"{NameOf(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (type.Name.Contains("AnonymousType", StringComparison.Ordinal) && type.IsDefined(typeof(CompilerGeneratedAttribute)))
            return "(anonymous)";
        var name = type.FullName is { } full && type.Namespace is { Length: > 0 } ? full[..(full.IndexOf('[', StringComparison.Ordinal) is var b and >= 0 ? b : full.Length)] : type.Name;
        // Types that cells declare are nested in the class of the submission.
        if (name.StartsWith("Submission#", StringComparison.Ordinal) && name.IndexOf('+', StringComparison.Ordinal) is var plus and > 0)
            name = name[(plus + 1)..];
        var tick = name.IndexOf('`', StringComparison.Ordinal);
        if (tick >= 0)
            name = name[..tick];
        return (name + (type.IsGenericType ? $"<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>" : "")).Replace('+', '.');
    }

    static IEnumerable<(object? Key, object? Value)> Entries(IDictionary dictionary)
    {
        for (var entry = dictionary.GetEnumerator(); entry.MoveNext();)
            yield return (entry.Key, entry.Value);
    }

    static object? Value(object pair, string name) => pair.GetType().GetProperty(name)?.GetValue(pair);

    static bool IsUnreadable(Type type) => type.IsByRefLike || type.IsPointer || type.IsByRef;

    static object? Read(Func<object?> read)
    {
        try
        {
            return read();
        }
        catch (TargetInvocationException e) when (e.InnerException is not null)
        {
            return new Failure($"{e.InnerException.GetType().Name}: {e.InnerException.Message}");
        }
    }

    /// <summary>In place of a property that cannot be read.</summary>
    public sealed record Failure(string Message)
    {
        public override string ToString() => Message;
    }
}

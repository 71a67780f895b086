using System.Numerics;
using System.Reflection;
using System.Runtime.CompilerServices;
using TorchSharp;

namespace ResearchKit.Notebooks.Caching;

/// <summary>How values of a type are kept.</summary>
enum Storage
{
    /// <summary>They cannot be.</summary>
    None,

    /// <summary>As a number or text.</summary>
    Plain,

    /// <summary>As its number.</summary>
    Enumeration,

    /// <summary>Lengths and elements.</summary>
    Array,

    /// <summary>A <see cref="List{T}"/>: elements.</summary>
    List,

    /// <summary>A <see cref="HashSet{T}"/>: elements.</summary>
    Set,

    /// <summary>A <see cref="Dictionary{K, V}"/>: keys and values.</summary>
    Dictionary,

    /// <summary>A tensor: element type, shape and bytes.</summary>
    Tensor,

    /// <summary>Field by field: tuples, and the classes, records and structs of cells and of the kit.</summary>
    Fields,
}

/// <summary>Which types can be kept and how. What is not listed is not kept, as it may be more than its fields.</summary>
static class StorableTypes
{
    static readonly HashSet<Type> s_plain =
    [
        typeof(bool), typeof(byte), typeof(sbyte), typeof(short), typeof(ushort), typeof(int), typeof(uint), typeof(long), typeof(ulong),
        typeof(char), typeof(float), typeof(double), typeof(Half), typeof(decimal), typeof(string), typeof(DateTime), typeof(DateTimeOffset),
        typeof(TimeSpan), typeof(DateOnly), typeof(TimeOnly), typeof(Guid), typeof(BigInteger), typeof(Complex),
    ];

    static readonly HashSet<Type> s_values = [typeof(Index), typeof(Range), typeof(Vector2), typeof(Vector3), typeof(Vector4)];

    public static Storage Of(Type type)
    {
        if (s_plain.Contains(type))
            return Storage.Plain;
        if (type.IsEnum)
            return Storage.Enumeration;
        if (type.IsArray)
            return Storage.Array;
        if (type == typeof(torch.Tensor))
            return Storage.Tensor;
        var general = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        if (general == typeof(List<>))
            return Storage.List;
        if (general == typeof(HashSet<>))
            return IsKey(type.GenericTypeArguments[0]) ? Storage.Set : Storage.None;
        if (general == typeof(Dictionary<,>))
            return IsKey(type.GenericTypeArguments[0]) ? Storage.Dictionary : Storage.None;
        return IsTuple(type) || general == typeof(KeyValuePair<,>) || s_values.Contains(type) || IsOwn(type) ? Storage.Fields : Storage.None;
    }

    /// <summary>True for types that a cell declares: no other session has them.</summary>
    public static bool IsOfCell(Type type) => type.HasElementType ? IsOfCell(type.GetElementType()!)
        : type.Assembly.IsDynamic || type.Assembly.Location.Length == 0 || type.GetGenericArguments().Any(IsOfCell);

    /// <summary>True if a value cannot be changed and holds nothing that can: whether two are one makes no difference then.</summary>
    public static bool IsImmutable(Type type) => s_plain.Contains(type) || type.IsEnum
        || (Of(type) == Storage.Fields && Fields(type).All(f => f.IsInitOnly && (s_plain.Contains(f.FieldType) || f.FieldType.IsEnum)));

    /// <summary>All fields of an object, those of its base types first.</summary>
    public static IReadOnlyList<FieldInfo> Fields(Type type)
    {
        var fields = new List<FieldInfo>();
        for (var t = type; t is not null && t != typeof(object) && t != typeof(ValueType); t = t.BaseType)
            fields.InsertRange(0, t.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly).OrderBy(f => f.MetadataToken));
        return fields;
    }

    static bool IsTuple(Type type) => type.IsGenericType && type.FullName!.StartsWith(type.IsValueType ? "System.ValueTuple`" : "System.Tuple`", StringComparison.Ordinal);

    // Keys are hashed while they are read, so they must be whole by then.
    static bool IsKey(Type type) => s_plain.Contains(type) || type.IsEnum || (type.IsValueType && IsTuple(type) && type.GenericTypeArguments.All(IsKey));

    // Of the kit's classes only the records, as others may stand for something outside of them.
    static bool IsOwn(Type type)
    {
        if (type.IsInterface || type.IsAbstract || type.IsByRefLike || type.IsPointer || typeof(Delegate).IsAssignableFrom(type) || type.Name.Contains('<', StringComparison.Ordinal))
            return false;
        for (var t = type; t is not null && t != typeof(object) && t != typeof(ValueType); t = t.BaseType)
        {
            var own = t.Assembly.IsDynamic || t.Assembly.Location.Length == 0
                || (t.Assembly.GetName().Name == "ResearchKit" && (t.IsValueType || t.GetMethod("<Clone>$") is not null));
            if (!own || t.IsDefined(typeof(InlineArrayAttribute), false) || Fields(t).Any(f => f.IsDefined(typeof(FixedBufferAttribute), false))
                || t.GetMethod("Finalize", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly) is not null)
                return false;
        }
        return true;
    }
}

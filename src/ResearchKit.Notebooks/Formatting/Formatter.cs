using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.AspNetCore.Html;
using ResearchKit.Notebooks.Sessions;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>
/// Turns values into what is shown. The formatter of a value is the one registered for the type nearest to its own, the latest among
/// equals; a type without any is shown as a table or a tree of its properties, and as plain text.
/// </summary>
public static class Formatter
{
    sealed record Registration(Type Type, string MimeType, Func<object, FormatContext, bool> Format);

    // A tree of objects that grows beyond this is cut: the page that shows it would not open.
    const int LongestForm = 512 * 1024;

    // What front ends draw with plotly.js.
    const string ChartMimeType = "application/vnd.plotly.v1+json";

    static readonly Lock s_lock = new();
    static readonly List<Registration> s_registered = [];
    static readonly List<(Type Type, string[] MimeTypes)> s_preferred = [];
    static readonly ConcurrentDictionary<Type, bool> s_sourcesSeen = new();

    /// <summary>The MIME type of values for which none is preferred.</summary>
    public static string DefaultMimeType { get; set; } = HtmlFormatter.MimeType;

    /// <summary>How many items of a collection are shown.</summary>
    public static int ListExpansionLimit { get; set; } = 20;

    /// <summary>How deep properties of properties are shown.</summary>
    public static int RecursionLimit { get; set; } = 6;

    /// <summary>How null is shown.</summary>
    public static string NullString { get; set; } = "<null>";

    /// <summary>Sets how values of a type are shown.</summary>
    public static void Register<T>(Func<T, string> formatter, string mimeType = PlainTextFormatter.MimeType) =>
        Register<T>((value, context) =>
        {
            context.Writer.Write(formatter(value));
            return true;
        }, mimeType);

    /// <summary>Sets how values of a type are shown.</summary>
    public static void Register<T>(Action<T, TextWriter> formatter, string mimeType = PlainTextFormatter.MimeType) =>
        Register<T>((value, context) =>
        {
            formatter(value, context.Writer);
            return true;
        }, mimeType);

    /// <summary>Sets how values of a type are shown; the delegate may decline.</summary>
    public static void Register<T>(FormatDelegate<T> formatter, string mimeType = PlainTextFormatter.MimeType) =>
        Take(new(typeof(T), mimeType, (value, context) => value is T typed && formatter(typed, context)));

    /// <summary>Sets how values of a type are shown, which may be open, such as <c>typeof(List&lt;&gt;)</c>.</summary>
    public static void Register(Type type, Action<object, TextWriter> formatter, string mimeType = PlainTextFormatter.MimeType) =>
        Take(new(type, mimeType, (value, context) =>
        {
            formatter(value, context.Writer);
            return true;
        }));

    /// <summary>Adds a formatter.</summary>
    public static void Register(ITypeFormatter formatter)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        Take(new(formatter.Type, formatter.MimeType, formatter.Format));
    }

    /// <summary>Sets the MIME types in which a type and those derived from it are shown.</summary>
    public static void SetPreferredMimeTypesFor(Type type, params string[] preferredMimeTypes)
    {
        NoteChange();
        lock (s_lock)
        {
            s_preferred.RemoveAll(p => p.Type == type);
            s_preferred.Add((type, preferredMimeTypes));
        }
    }

    /// <summary>The older spelling of <see cref="SetPreferredMimeTypesFor"/>.</summary>
    public static void SetPreferredMimeTypeFor(Type type, string preferredMimeType) => SetPreferredMimeTypesFor(type, preferredMimeType);

    /// <summary>The MIME types in which a type is shown.</summary>
    public static IEnumerable<string> GetPreferredMimeTypesFor(Type? type)
    {
        if (type is null)
            return [HtmlFormatter.MimeType];
        SeeSources(type);
        (Type, string[] MimeTypes)[] preferred;
        lock (s_lock)
            preferred = [.. s_preferred.Where(p => Distance(type, p.Type) >= 0).OrderBy(p => Distance(type, p.Type))];
        if (preferred.Length > 0)
            return preferred[0].MimeTypes;
        if (type == typeof(string) || type.IsEnum)
            return [PlainTextFormatter.MimeType];
        if (type == typeof(LaTeXString) || type == typeof(MathString))
            return ["text/latex"];
        if (typeof(Plotly.NET.GenericChart).IsAssignableFrom(type))
            return [ChartMimeType, HtmlFormatter.MimeType];
        // One who registers a form for a type wants to see it.
        lock (s_lock)
        {
            if (s_registered.LastOrDefault(r => r.Type == type) is { } own && !s_registered.Exists(r => r.Type == type && r.MimeType == DefaultMimeType))
                return [own.MimeType];
        }
        return [DefaultMimeType];
    }

    /// <summary>The older spelling of <see cref="GetPreferredMimeTypesFor"/>.</summary>
    public static string GetPreferredMimeTypeFor(Type type) => GetPreferredMimeTypesFor(type).First();

    /// <summary>The form of a value in a MIME type.</summary>
    public static string ToDisplayString(this object? value, string mimeType = PlainTextFormatter.MimeType)
    {
        using var writer = new LimitedWriter(LongestForm);
        try
        {
            FormatTo(value, new FormatContext(writer), mimeType);
        }
        catch (LimitedWriter.FullException)
        {
            return $"{writer} ... (cut after {LongestForm / 1024} KiB)";
        }
        return writer.ToString();
    }

    /// <summary>Forgets all registrations and preferences.</summary>
    public static void ResetToDefault()
    {
        NoteChange();
        lock (s_lock)
        {
            s_registered.Clear();
            s_preferred.Clear();
            s_sourcesSeen.Clear();
        }
        (DefaultMimeType, ListExpansionLimit, RecursionLimit, NullString) = (HtmlFormatter.MimeType, 20, 6, "<null>");
    }

    /// <summary>Writes a value in a MIME type.</summary>
    public static void FormatTo(this object? value, FormatContext context, string mimeType = PlainTextFormatter.MimeType)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (value is not null && FormatRegistered(value, context, mimeType))
            return;
        switch (mimeType)
        {
            case HtmlFormatter.MimeType when value is Plotly.NET.GenericChart chart:
                context.Writer.Write(ChartHtml.Of(chart));
                break;
            case HtmlFormatter.MimeType:
                HtmlFormatter.Write(value, context);
                break;
            case ChartMimeType when value is Plotly.NET.GenericChart chart:
                context.Writer.Write(Plotly.NET.GenericChart.toFigureJson(chart));
                break;
            case "application/json":
                context.Writer.Write(System.Text.Json.JsonSerializer.Serialize(value));
                break;
            case PlainTextFormatter.MimeType:
                PlainTextFormatter.Write(value, context);
                break;
            default:
                context.Writer.Write(value?.ToString() ?? NullString);
                break;
        }
    }

    internal static bool FormatRegistered(object value, FormatContext context, string mimeType)
    {
        var type = value.GetType();
        SeeSources(type);
        Registration[] candidates;
        lock (s_lock)
        {
            if (s_registered.Count == 0)
                return false;
            // Ordering is stable, so among equals the latest stands first once the list is reversed.
            candidates = [.. Enumerable.Reverse(s_registered).Where(r => r.MimeType == mimeType && Distance(type, r.Type) >= 0).OrderBy(r => Distance(type, r.Type))];
        }
        return candidates.Any(c => c.Format(value, context));
    }

    internal static bool IsTextual(IEnumerable<string> mimeTypes) =>
        mimeTypes.Any(m => m.StartsWith("text/", StringComparison.Ordinal) || m.EndsWith("json", StringComparison.Ordinal) || m.StartsWith("image/", StringComparison.Ordinal));

    static void Take(Registration registration)
    {
        NoteChange();
        Add(registration);
    }

    // What a cell has registered is not among its variables.
    static void NoteChange() => RunningCell.Current?.Unrepeatable ??= "it changes how values are shown";

    static void Add(Registration registration)
    {
        lock (s_lock)
            s_registered.Add(registration);
    }

    // Types may bring their own formatters, by an attribute of which only the name counts: TorchSharp's tensors do.
    static void SeeSources(Type type)
    {
        if (!s_sourcesSeen.TryAdd(type, true))
            return;
        var attribute = type.GetCustomAttributes(inherit: true).FirstOrDefault(a => a.GetType().Name == nameof(TypeFormatterSourceAttribute));
        if (attribute is null || Read(attribute, "FormatterSourceType") is not Type source)
            return;
        var create = source.GetMethod("CreateTypeFormatters", Type.EmptyTypes);
        if (create?.Invoke(Activator.CreateInstance(source), null) is not System.Collections.IEnumerable formatters)
            return;
        if (Read(attribute, "PreferredMimeTypes") is string[] { Length: > 0 } preferred)
            SetPreferredMimeTypesFor(type, preferred);
        foreach (var formatter in formatters)
        {
            if (formatter is ITypeFormatter ours)
                Register(ours);
            else if (formatter is not null && Read(formatter, "MimeType") is string mime
                && formatter.GetType().GetMethod("Format", [typeof(object), typeof(TextWriter)]) is { } format)
                Add(new(type, mime, (value, context) => format.Invoke(formatter, [value, context.Writer]) is true));
        }
    }

    static object? Read(object from, string property) =>
        from.GetType().GetProperty(property, BindingFlags.Instance | BindingFlags.Public)?.GetValue(from);

    // 0 for the type itself, then one for each step to a base class; interfaces come after classes, object last. -1 if unrelated.
    static int Distance(Type type, Type registered)
    {
        const int interfaces = 100, anything = 1000;
        if (registered == typeof(object))
            return type == typeof(object) ? 0 : anything;
        var steps = 0;
        for (var t = type; t is not null; t = t.BaseType, steps++)
        {
            if (t == registered || (t.IsGenericType && registered.IsGenericTypeDefinition && t.GetGenericTypeDefinition() == registered))
                return steps;
        }
        if (!registered.IsInterface)
            return -1;
        return registered.IsAssignableFrom(type)
            || (registered.IsGenericTypeDefinition && type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == registered))
            ? interfaces : -1;
    }
}

/// <summary>Settings for one type.</summary>
public static class Formatter<T>
{
    static int? s_listExpansionLimit;

    /// <summary>How many items of a collection of this type are shown.</summary>
    public static int ListExpansionLimit
    {
        get => s_listExpansionLimit ?? Formatter.ListExpansionLimit;
        set => s_listExpansionLimit = value;
    }
}

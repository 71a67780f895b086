using System.Collections;

namespace ResearchKit.Notebooks.Languages;

/// <summary>
/// A Deedle frame as the columns of a table. It is read by the names of its members, as it may come from the stand-in, from the
/// official package, or from one that a notebook restored itself.
/// </summary>
static class FrameTable
{
    /// <summary>
    /// The columns by name and the rows; null if the value is no frame. Keys of rows that are not just numbers from 0 come first, as
    /// the column <c>Key</c>, or <c>RowKey</c> where the frame has such a column.
    /// </summary>
    public static (string[] Columns, object?[][] Rows)? Read(object value)
    {
        var type = value.GetType();
        if (type.FullName?.StartsWith("Deedle.Frame`2", StringComparison.Ordinal) != true)
            return null;
        object[] rowKeys = [.. Items(type, value, "RowKeys")], columnKeys = [.. Items(type, value, "ColumnKeys")];
        var get = Array.Find(type.GetMethods(), m => m.Name == "GetColumn" && m.IsGenericMethod && m.GetParameters().Length == 1)!.MakeGenericMethod(typeof(object));
        List<string> names = [.. columnKeys.Select(k => $"{k}")];
        List<object?[]> columns = [.. columnKeys.Select(k => Values(get.Invoke(value, [k])!))];
        if (!rowKeys.SequenceEqual(Enumerable.Range(0, rowKeys.Length).Cast<object>()))
        {
            names.Insert(0, names.Contains("Key", StringComparer.OrdinalIgnoreCase) ? "RowKey" : "Key");
            columns.Insert(0, [.. rowKeys.Select(k => Microsoft.DotNet.Interactive.Formatting.Members.IsScalar(k) ? k : $"{k}")]);
        }
        return ([.. names], [.. rowKeys.Select((_, row) => columns.Select(c => c[row]).ToArray())]);
    }

    static IEnumerable<object> Items(Type type, object value, string property) =>
        ((IEnumerable)type.GetProperty(property)!.GetValue(value)!).Cast<object>();

    // Missing values are null.
    static object?[] Values(object series)
    {
        var vector = series.GetType().GetProperty("Vector")!.GetValue(series)!;
        var interfaceType = vector.GetType().GetInterface("Deedle.IVector")!;
        return [.. Items(interfaceType, vector, "ObjectSequence").Select(v => v.GetType().GetProperty("ValueOrDefault")!.GetValue(v))];
    }
}

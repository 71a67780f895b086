using System.Collections;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.DotNet.Interactive.Formatting;
using ResearchKit.Notebooks.Sessions;

namespace ResearchKit.Notebooks.Languages;

/// <summary>
/// SQL cells over a SQLite database in memory that lives as long as the session. A sequence of objects that is shared with this
/// kernel becomes a table of its name, with a column for each property; so does a Deedle frame. Other databases can be attached
/// with SQL's own <c>ATTACH</c>.
/// </summary>
sealed class SqlLanguage : ICellLanguage, IDisposable
{
    readonly SqliteConnection _connection;
    readonly Dictionary<string, object?> _results = [];

    public SqlLanguage()
    {
        _connection = new("Data Source=:memory:");
        _connection.Open();
    }

    public object? Run(string code, RunningCell cell)
    {
        if (string.IsNullOrWhiteSpace(code))
            return ICellLanguage.Nothing;
        using var command = _connection.CreateCommand();
#pragma warning disable CA2100 // The user's own query over the user's own tables.
        command.CommandText = code;
#pragma warning restore CA2100
        using var interruption = cell.Cancellation.Register(() => SQLitePCL.raw.sqlite3_interrupt(_connection.Handle));
        try
        {
            using var reader = command.ExecuteReader();
            SqlTable? table = null;
            do
            {
                if (reader.FieldCount > 0)
                {
                    if (table is not null)
                        Microsoft.DotNet.Interactive.Kernel.display(table);
                    table = Read(reader);
                }
            }
            while (reader.NextResult());
            _results["result"] = table;
            return table ?? ICellLanguage.Nothing;
        }
        catch (SqliteException e) when (cell.Cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException("The query was interrupted.", e, cell.Cancellation);
        }
        catch (SqliteException e)
        {
            throw new CellFailure("SqlError", e.Message);
        }
    }

    public IReadOnlyList<SessionVariable> Variables =>
        [.. _results.Select(v => new SessionVariable(v.Key, v.Value?.GetType() ?? typeof(object), v.Value))];

    public void Set(string name, object? value, Type type)
    {
        if (value is not null && FrameTable.Read(value) is { } frame)
        {
            if (frame.Columns.Length == 0)
                throw new CellFailure("NotSupportedException", $"'{name}' cannot become a table: the frame has no columns.");
            Create(name, frame.Columns, frame.Rows);
            return;
        }
        if (value is not IEnumerable sequence || value is string)
            throw new CellFailure("NotSupportedException", $"'{name}' cannot become a table: it is not a sequence of objects.");
        object[] rows = [.. sequence.Cast<object?>().Where(r => r is not null)!];
        if (rows.Length == 0)
            throw new CellFailure("NotSupportedException", $"'{name}' cannot become a table: it is empty, so its columns are unknown.");
        var scalar = Members.IsScalar(rows[0]);
        var columns = scalar ? [("value", (Func<object, object?>)(o => o))] : Members.Of(rows[0].GetType());
        Create(name, [.. columns.Select(c => c.Item1)], rows.Select(row => columns.Select(c => c.Item2(row)).ToArray()));
    }

    void Create(string name, string[] columns, IEnumerable<object?[]> rows)
    {
        // SQLite takes names of either case as the same.
        if (columns.GroupBy(c => c, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new CellFailure("NotSupportedException", $"'{name}' cannot become a table: it has {twice.Count()} columns of the name '{twice.Key}'. Rename them first.");
        using var transaction = _connection.BeginTransaction();
        Execute($"DROP TABLE IF EXISTS {Quote(name)}", transaction);
        Execute($"CREATE TABLE {Quote(name)} ({string.Join(", ", columns.Select(Quote))})", transaction);
        using var insert = _connection.CreateCommand();
        insert.Transaction = transaction;
#pragma warning disable CA2100 // Names are quoted, values are parameters.
        insert.CommandText = $"INSERT INTO {Quote(name)} VALUES ({string.Join(", ", columns.Select((_, i) => $"$p{i}"))})";
#pragma warning restore CA2100
        var parameters = columns.Select((_, i) => insert.Parameters.Add($"$p{i}", SqliteType.Text)).ToArray();
        foreach (var parameter in parameters)
            parameter.ResetSqliteType();
        foreach (var row in rows)
        {
            for (var i = 0; i < columns.Length; i++)
                parameters[i].Value = Stored(row[i]);
            insert.ExecuteNonQuery();
        }
        transaction.Commit();
    }

    public void Dispose() => _connection.Dispose();

    static SqlTable Read(SqliteDataReader reader)
    {
        string[] names = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];
        var rows = new List<object?[]>();
        while (reader.Read())
            rows.Add([.. Enumerable.Range(0, names.Length).Select(i => reader.IsDBNull(i) ? null : reader.GetValue(i))]);
        return new(names, rows);
    }

    void Execute(string sql, SqliteTransaction transaction)
    {
        using var command = _connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // Names are quoted.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    static object Stored(object? value) => value switch
    {
        null => DBNull.Value,
        bool b => b ? 1L : 0L,
        sbyte or byte or short or ushort or int or uint or long => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        float or double or Half => Convert.ToDouble(value, CultureInfo.InvariantCulture),
        byte[] bytes => bytes,
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        _ => Formatter.ToDisplayString(value),
    };
}

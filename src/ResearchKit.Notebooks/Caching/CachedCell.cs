using ResearchKit.Notebooks.Languages;
using ResearchKit.Notebooks.Sessions;

namespace ResearchKit.Notebooks.Caching;

/// <summary>
/// One cell that asks to be cached, on its way: <see cref="Restore"/>, or else <see cref="Before"/>, the cell itself,
/// <see cref="After"/>, and once all that it has put out is known <see cref="Close"/>.
/// </summary>
sealed class CachedCell
{
    readonly CellCache? _cache;
    readonly CSharpLanguage? _language;
    readonly string _key = "", _code = "";
    readonly DateTimeOffset _began = DateTimeOffset.UtcNow;
    CellResult? _restored;
    CSharpDeclarations? _declarations;
    Func<IEnumerable<(string, object?)>>? _earlier;
    ObjectWatch? _before;
    byte[]? _values;
    string? _why, _notice;

    /// <summary>A cell that can be cached, as far as is known before it is compiled.</summary>
    public CachedCell(CellCache cache, string key, string code, CSharpLanguage language) => (_cache, _key, _code, _language) = (cache, key, code, language);

    /// <summary>A cell that cannot be cached.</summary>
    public CachedCell(string why) => _why = why;

    /// <summary>Restores the variables of the cell, and gives what it had put out; null if it has to run.</summary>
    public IReadOnlyList<CellEvent>? Restore(RunningCell cell)
    {
        if (_why is not null || _cache!.Find(_key, out _notice) is not var (result, values))
            return null;
        try
        {
            _language!.Restore(result, values, cell);
        }
        catch (Exception e) when (!cell.Cancellation.IsCancellationRequested && e is not OutOfMemoryException)
        {
            _notice = _cache.Damaged(_key);
            return null;
        }
        _restored = result;
        return [.. result.Events.Select(e => e is ResultEvent shown ? shown with { ExecutionCount = cell.Number } : e)];
    }

    /// <summary>Looks at the cell and at what it may change.</summary>
    public void Before(RunningCell cell) => Try(() =>
    {
        _declarations = _language!.Declarations(_code, cell);
        _earlier = _language.Earlier();
        _before = new(_earlier());
    });

    /// <summary>Takes the values of the variables, right after the cell has run.</summary>
    public void After(RunningCell cell) => Try(() =>
    {
        if (cell.Unrepeatable is { } unrepeatable)
            throw new NotCachedException(unrepeatable);
        if (_declarations is null)
            return;
        var after = new ObjectWatch(_earlier!());
        if (after.Changed(_before!) is { } name)
            throw new NotCachedException($"{name}, which is not its own, has changed while it ran");
        SessionVariable[] variables = [.. _declarations.Variables.Select(n => _language!.Variables.First(v => v.Name == n))];
        variables = [.. variables, new("torch's random numbers", typeof(byte[]), TorchState.Get())];
        var written = Write(variables.Select(v => (v, v.Value)), after);
        // What cannot be read again must not be found out by the next run.
        using var reader = new ValueReader(written);
        var read = variables.Select(v => (v, reader.Read(v.Type))).ToArray();
        reader.End();
        if (!Write(read, null).AsSpan().SequenceEqual(written))
            throw new NotCachedException("its values, written and read again, are not the same");
        _values = written;
    });

    /// <summary>Keeps the result.</summary>
    /// <param name="succeeded">True if the cell ran to its end.</param>
    /// <param name="seconds">How long it took.</param>
    /// <param name="events">What it has put out.</param>
    public CellCaching Close(bool succeeded, double seconds, IReadOnlyList<CellEvent> events)
    {
        if (_restored is { } hit)
            return new(true, hit.Computed, hit.Seconds, _notice);
        CellResult? kept = null;
        Try(() =>
        {
            if (!succeeded)
                throw new NotCachedException("it has not run to its end");
            if (events.OfType<UpdateEvent>().Any(u => !events.OfType<DisplayEvent>().Any(d => d.DisplayId == u.DisplayId)))
                throw new NotCachedException("it updates what an earlier cell shows");
            if (_values is null)
                return;
            kept = new(_key, _declarations!.Code, _declarations.Variables, events, _began, seconds);
            _cache!.Write(kept, _values);
        });
        return new(false, _why is null ? kept?.Computed : null, seconds, _why is null ? _notice : $"{(_notice is null ? "" : $"{_notice} ")}not cached: {_why}");
    }

    static byte[] Write(IEnumerable<(SessionVariable Variable, object? Value)> variables, ObjectWatch? watch)
    {
        using var writer = new ValueWriter(watch);
        foreach (var (variable, value) in variables)
            writer.Write(variable.Name, value, variable.Type);
        return writer.Bytes;
    }

    // A cell that cannot be cached still runs as it would have.
    void Try(Action step)
    {
        if (_why is not null)
            return;
        try
        {
            step();
        }
        catch (NotCachedException e)
        {
            _why = e.Message;
        }
        catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException or ThreadInterruptedException))
        {
            _why = $"its values cannot be kept ({e.GetType().Name}: {e.Message})";
        }
    }
}

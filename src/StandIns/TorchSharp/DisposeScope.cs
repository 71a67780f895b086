namespace TorchSharp;

/// <summary>Disposes the tensors that were made within it on its thread, but for those moved out.</summary>
public sealed class DisposeScope : IDisposable
{
    readonly DisposeScopeManager _manager;

    // Tensors may be disposed on other threads than the scope's: a batch that a loader made, say.
    readonly Lock _lock = new();
    HashSet<IDisposable> _disposables = new(ReferenceEqualityComparer.Instance);

    internal DisposeScope(DisposeScopeManager manager, DisposeScope? outer)
    {
        _manager = manager;
        OuterScope = outer;
    }

    internal DisposeScope? OuterScope { get; }

    public int DisposablesCount
    {
        get
        {
            lock (_lock)
            {
                return _disposables.Count;
            }
        }
    }

    /// <summary>Adds an object that is not in any scope, or that belongs to another one.</summary>
    public T Include<T>(T disposable)
        where T : IDisposable
    {
        Move(disposable, null, this);
        return disposable;
    }

    public T Attach<T>(T disposable)
        where T : IDisposable => Include(disposable);

    /// <summary>Gives an object to the scope around this one; without one it belongs to nobody.</summary>
    public T MoveToOuter<T>(T disposable)
        where T : IDisposable => MoveToOther(OuterScope, disposable);

    public void MoveToOuter(params IDisposable[] disposables)
    {
        foreach (var d in disposables)
        {
            Move(d, this, OuterScope);
        }
    }

    public T MoveToOther<T>(DisposeScope? scope, T disposable)
        where T : IDisposable
    {
        Move(disposable, this, scope);
        return disposable;
    }

    public T Detach<T>(T disposable)
        where T : IDisposable => MoveToOther(null, disposable);

    public void Detach(params IDisposable[] disposables)
    {
        foreach (var d in disposables)
        {
            Move(d, this, null);
        }
    }

    public void DisposeEverything() => DisposeEverythingBut([]);

    public void DisposeEverythingBut(IEnumerable<IDisposable> inKeep)
    {
        var keep = new HashSet<IDisposable>(inKeep, ReferenceEqualityComparer.Instance);
        HashSet<IDisposable> all;
        lock (_lock)
        {
            all = _disposables;
            keep.IntersectWith(all);
            _disposables = keep;
            all.ExceptWith(keep);
        }

        foreach (var d in all)
        {
            if (d is torch.Tensor t)
            {
                t.OwningDisposeScope = null;
            }

            d.Dispose();
        }
    }

    public void Dispose()
    {
        DisposeEverything();
        _manager.Remove(this);
    }

    internal void Add(IDisposable disposable)
    {
        lock (_lock)
        {
            _disposables.Add(disposable);
        }
    }

    internal void Forget(IDisposable disposable)
    {
        lock (_lock)
        {
            _disposables.Remove(disposable);
        }
    }

    /// <summary>A tensor knows its scope, which may be another than the one that was asked; a disposed one belongs to none.</summary>
    static void Move(IDisposable disposable, DisposeScope? from, DisposeScope? to)
    {
        if (disposable is torch.Tensor tensor)
        {
            from = tensor.OwningDisposeScope;
            to = tensor.IsInvalid ? null : to;
            tensor.OwningDisposeScope = to;
        }

        if (from != to)
        {
            from?.Forget(disposable);
        }

        to?.Add(disposable);
    }
}

/// <summary>The stack of scopes of a thread.</summary>
public sealed class DisposeScopeManager
{
    [ThreadStatic]
    static DisposeScopeManager? t_manager;

    DisposeScope? _current;

    internal static DisposeScopeManager ThreadSingleton => t_manager ??= new();

    internal static DisposeScope NewDisposeScope()
    {
        var manager = ThreadSingleton;
        return manager._current = new DisposeScope(manager, manager._current);
    }

    internal static void Register(torch.Tensor tensor)
    {
        if (t_manager?._current is { } scope)
        {
            tensor.OwningDisposeScope = scope;
            scope.Add(tensor);
        }
    }

    internal void Remove(DisposeScope scope)
    {
        // Scopes end inside out as a rule; one that ends early takes those opened inside it along.
        for (var s = _current; s is not null; s = s.OuterScope)
        {
            if (s == scope)
            {
                _current = scope.OuterScope;
                return;
            }
        }
    }
}

public static partial class torch
{
    public static DisposeScope NewDisposeScope() => DisposeScopeManager.NewDisposeScope();

    public static Tensor WrappedTensorDisposeScope(Func<Tensor> expression)
    {
        using var scope = NewDisposeScope();
        return expression().MoveToOuterDisposeScope();
    }
}

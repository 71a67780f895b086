namespace TorchSharp;

/// <summary>Disposes the tensors that were made within it on its thread, but for those moved out.</summary>
public sealed class DisposeScope : IDisposable
{
    readonly DisposeScopeManager _manager;
    HashSet<IDisposable> _disposables = new(ReferenceEqualityComparer.Instance);

    internal DisposeScope(DisposeScopeManager manager, DisposeScope? outer)
    {
        _manager = manager;
        OuterScope = outer;
    }

    internal DisposeScope? OuterScope { get; }

    public int DisposablesCount => _disposables.Count;

    /// <summary>Adds an object that is not in any scope, or that belongs to another one.</summary>
    public T Include<T>(T disposable)
        where T : IDisposable
    {
        if (disposable is torch.Tensor { OwningDisposeScope: var owner } tensor && owner != this)
        {
            owner?._disposables.Remove(tensor);
            tensor.OwningDisposeScope = this;
        }

        _disposables.Add(disposable);
        return disposable;
    }

    public T Attach<T>(T disposable)
        where T : IDisposable => Include(disposable);

    /// <summary>Gives an object to the scope around this one; without one it belongs to nobody.</summary>
    public T MoveToOuter<T>(T disposable)
        where T : IDisposable
    {
        MoveTo(OuterScope, disposable);
        return disposable;
    }

    public void MoveToOuter(params IDisposable[] disposables)
    {
        foreach (var d in disposables)
        {
            MoveTo(OuterScope, d);
        }
    }

    public T MoveToOther<T>(DisposeScope? scope, T disposable)
        where T : IDisposable
    {
        MoveTo(scope, disposable);
        return disposable;
    }

    public T Detach<T>(T disposable)
        where T : IDisposable
    {
        MoveTo(null, disposable);
        return disposable;
    }

    public void Detach(params IDisposable[] disposables)
    {
        foreach (var d in disposables)
        {
            MoveTo(null, d);
        }
    }

    public void DisposeEverything() => DisposeEverythingBut([]);

    public void DisposeEverythingBut(IEnumerable<IDisposable> keep)
    {
        var kept = new HashSet<IDisposable>(keep, ReferenceEqualityComparer.Instance);
        var all = _disposables;
        _disposables = new(kept, ReferenceEqualityComparer.Instance);
        foreach (var d in all)
        {
            if (!kept.Contains(d))
            {
                if (d is torch.Tensor t)
                {
                    t.OwningDisposeScope = null;
                }

                d.Dispose();
            }
        }
    }

    public void Dispose()
    {
        DisposeEverything();
        _manager.Remove(this);
    }

    internal void Forget(torch.Tensor tensor) => _disposables.Remove(tensor);

    void MoveTo(DisposeScope? scope, IDisposable disposable)
    {
        _disposables.Remove(disposable);
        if (disposable is torch.Tensor tensor)
        {
            tensor.OwningDisposeScope = scope;
        }

        scope?._disposables.Add(disposable);
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
            scope.Include(tensor);
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

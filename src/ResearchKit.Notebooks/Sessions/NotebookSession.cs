using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Formatting;
using ResearchKit.Data;
using ResearchKit.Notebooks.Caching;
using ResearchKit.Notebooks.Directives;
using ResearchKit.Notebooks.Files;
using ResearchKit.Notebooks.Languages;
using ResearchKit.Notebooks.Packages;

namespace ResearchKit.Notebooks.Sessions;

/// <summary>
/// Runs the cells of one notebook, one after another, on a thread of its own. Variables live until it is disposed. Languages start
/// when their first cell comes.
/// </summary>
/// <remarks>
/// An interruption stops loops and functions at checks that are compiled into them (<see cref="LoopCheck"/>), on whatever thread, and
/// wakes a cell that waits; what was set by then stays. What has neither, such as a LINQ query without end or native code, cannot be
/// stopped: aborting a thread (<c>System.Runtime.ControlledExecution</c>) hangs or crashes the process now and then. Who must
/// be sure runs the session in a process of its own and kills that, as <c>kit notebook run</c> does.
/// </remarks>
public sealed class NotebookSession : IDisposable
{
    // Compilers recurse deeply over long expressions.
    const int StackSize = 64 << 20;

    // How long an interrupted cell may take to end by itself before its thread is woken.
    static readonly TimeSpan s_grace = TimeSpan.FromMilliseconds(500);

    readonly SessionSettings _settings;
    readonly ConcurrentDictionary<string, Lazy<ICellLanguage>> _languages = new();
    readonly List<string> _references = [];
    readonly BlockingCollection<Action> _queue = [];
    readonly PackageRestore _packages;
    readonly SessionPast _past;
    readonly Task _warm;
    CancellationTokenSource? _interruption;
    int _count;

    /// <summary>Starts a session. Cells can be given at once.</summary>
    public NotebookSession(SessionSettings? settings = null)
    {
        _settings = settings ?? new();
        _packages = new(_settings.Folder, _settings.LockFile);
        _past = new(_settings.Folder);
        Add(KernelName.CSharp, () => new CSharpLanguage(_settings.Folder));
        Add(KernelName.FSharp, () => UncollectedStart.Of(() => new FSharpLanguage(_settings.Folder)));
        Add(KernelName.Sql, () => new SqlLanguage());
        Add(KernelName.Value, () => new ValueLanguage());
        Add(KernelName.Html, () => ShownLanguage.Html);
        Add(KernelName.Markdown, () => ShownLanguage.Markdown);
        Add(KernelName.Mermaid, () => ShownLanguage.Mermaid);
        Add(KernelName.JavaScript, () => ShownLanguage.JavaScript);
        ConsoleCapture.Install();
        // Plotly.NET's Chart.show, which elsewhere opens a browser, and the plotly.js of pages that hold it.
        AppContext.SetData("Plotly.NET.Show", (Action<object>)(chart => chart.Display()));
        AppContext.SetData("Plotly.NET.Script", () => File.ReadAllText(DataSets.Fetch("plotly.js").PathOf("plotly-cartesian.min.js")));
        _warm = _settings.WarmUp && _settings.DefaultKernel == KernelName.CSharp ? Task.Run(() => UncollectedStart.Of(() => CSharpLanguage.WarmUp(_settings.Folder))) : Task.CompletedTask;
        new Thread(RunQueue, StackSize) { IsBackground = true, Name = "notebook cells" }.Start();
    }

    /// <summary>The kernels that run cells.</summary>
    public IReadOnlyCollection<string> KernelNames => [.. _languages.Keys];

    /// <summary>The folder that relative paths start from.</summary>
    public string Folder => _settings.Folder;

    /// <summary>
    /// Runs a cell after those that were given before it. Events come in order from another thread, all of them before the task
    /// ends; an exception of <paramref name="publish"/> stops the events, not the cell.
    /// </summary>
    /// <param name="request">The cell.</param>
    /// <param name="publish">Takes what the cell puts out.</param>
    /// <param name="cancellation">Interrupts the cell, or takes it from the queue.</param>
    public Task<CellOutcome> ExecuteAsync(CellRequest request, Action<CellEvent> publish, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(publish);
        var done = new TaskCompletionSource<CellOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        _queue.Add(() =>
        {
            try
            {
                done.SetResult(Execute(request, publish, cancellation));
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        }, CancellationToken.None);
        return done.Task;
    }

    /// <summary>Stops the cell that runs; the session and its variables stay. Without a running cell nothing happens.</summary>
    public void Interrupt()
    {
        try
        {
            Volatile.Read(ref _interruption)?.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended just now.
        }
    }

    /// <summary>The names that may stand at a place in code.</summary>
    /// <param name="code">The text of a cell.</param>
    /// <param name="position">The cursor, in UTF-16 units.</param>
    /// <param name="kernel">The kernel of the cell; null for the default.</param>
    public Task<CodeCompletions> CompleteAsync(string code, int position, string? kernel = null) =>
        Ask(code, position, kernel, (language, blanked, at) => language.Complete(blanked, at));

    /// <summary>What is known of the name at a place in code, as plain text; null if nothing is.</summary>
    public Task<string?> InspectAsync(string code, int position, string? kernel = null) =>
        Ask(code, position, kernel, (language, blanked, at) => language.Inspect(blanked, at));

    /// <summary>Whether the text of a cell can be run as it stands.</summary>
    public Task<CodeCompleteness> CompletenessAsync(string code, string? kernel = null) =>
        Ask(code, 0, kernel, (language, blanked, _) => language.Completeness(blanked));

    /// <summary>
    /// Gets ready what cells need: starts the compilers, and restores all packages together, so that their versions fit each other.
    /// What cannot be had is left for the cell to fail on.
    /// </summary>
    /// <param name="cells">The cells of the notebook.</param>
    public void Prepare(IEnumerable<CellRequest> cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        var packages = new List<PackagePart>();
        var kernels = new HashSet<string>();
        foreach (var cell in cells)
        {
            try
            {
                var parts = CellParser.Parse(cell.Code, KernelName.Of(cell.Kernel ?? _settings.DefaultKernel));
                packages.AddRange(parts.OfType<PackagePart>());
                kernels.UnionWith(parts.OfType<CodePart>().Select(p => p.Kernel).Where(_languages.ContainsKey));
            }
            catch (CellFailure)
            {
                // Told when the cell runs.
            }
        }
        try
        {
            Restore([.. packages], null);
            foreach (var kernel in kernels)
                Language(kernel);
        }
        catch (Exception)
        {
            // Each cell tries again with its own, and says what is wrong.
        }
        _warm.ContinueWith(static _ => { }, TaskScheduler.Default).Wait();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Interrupt();
        _queue.CompleteAdding();
        foreach (var language in _languages.Values.Where(l => l.IsValueCreated))
            (language.Value as IDisposable)?.Dispose();
    }

    internal string Ask(InputRequest request)
    {
        RunningCell.Current?.Unrepeatable ??= "it asks for input";
        if (_settings.Input is not { } input)
            throw new CellFailure("InputError", $"The cell asks for input{(request.Prompt.Length > 0 ? $" ('{request.Prompt}')" : "")}, and there is nobody to ask.");
        return input(request) ?? throw new CellFailure("InputError", $"The cell asks for input{(request.Prompt.Length > 0 ? $" ('{request.Prompt}')" : "")}, and no parameter answers it.");
    }

    /// <summary>Runs code inside a running cell.</summary>
    internal void ExecuteWithin(RunningCell cell, string code, string kernel)
    {
        var outer = cell.Kernel;
        cell.Unrepeatable ??= "it runs code of its own making as cells";
        try
        {
            RunParts(cell, CellParser.Parse(code, KernelName.Of(kernel)), isNested: true);
        }
        finally
        {
            cell.Kernel = outer;
        }
    }

    internal bool TryGetValue(string kernel, string name, out object? value)
    {
        value = null;
        if (KernelName.Of(kernel) != KernelName.CSharp)
            RunningCell.Current?.Unrepeatable ??= "it reads a variable of another language";
        return _languages.TryGetValue(KernelName.Of(kernel), out var language) && language.IsValueCreated && language.Value.TryGet(name, out value, out _);
    }

    internal ICellLanguage Language(string kernel)
    {
        if (!_languages.TryGetValue(kernel, out var language))
        {
            var what = kernel switch { "pwsh" => "PowerShell cells are", "kql" => "Kusto queries are", "http" => "HTTP requests are", _ => $"cells of the kernel '{kernel}' are" };
            throw new CellFailure("NotSupported", $"{what} not run here. There are: {string.Join(", ", _languages.Keys.Order())}.") { Unsupported = true };
        }
        if (language.IsValueCreated)
            return language.Value;
        var created = language.Value;
        created.Reference(_references);
        return created;
    }

    /// <summary>The languages that have started, by the names of their kernels.</summary>
    internal IEnumerable<(string Kernel, ICellLanguage Language)> Started =>
        _languages.Where(l => l.Value.IsValueCreated).OrderBy(l => l.Key).Select(l => (l.Key, l.Value.Value));

    void Add(string kernel, Func<ICellLanguage> create) => _languages[kernel] = new(create);

    void RunQueue()
    {
        foreach (var work in _queue.GetConsumingEnumerable())
            work();
    }

    Task<T> Ask<T>(string code, int position, string? kernel, Func<ICellLanguage, string, int, T> question)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _queue.Add(() =>
        {
            try
            {
                var (blanked, name) = Blank(code, position, KernelName.Of(kernel ?? _settings.DefaultKernel));
                done.SetResult(question(Language(name), blanked, Math.Clamp(position, 0, blanked.Length)));
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        });
        return done.Task;
    }

    // Magic commands become spaces, and so does what belongs to another kernel than the place in question.
    static (string Code, string Kernel) Blank(string code, int position, string kernel)
    {
        var lines = code.Split('\n');
        var begin = 0;
        for (int i = 0, offset = 0; i < lines.Length && offset <= position; offset += lines[i].Length + 1, i++)
        {
            if (lines[i].StartsWith("#!", StringComparison.Ordinal) && KernelName.IsKnown(lines[i][2..].Trim().Split(' ')[0]))
                (kernel, begin) = (KernelName.Of(lines[i][2..].Trim().Split(' ')[0]), i);
        }
        for (var i = 0; i < lines.Length; i++)
        {
            if (i < begin || lines[i].StartsWith("#!", StringComparison.Ordinal) || lines[i].StartsWith("#r \"nuget:", StringComparison.Ordinal))
                lines[i] = new string(' ', lines[i].Length);
        }
        return (string.Join('\n', lines), kernel);
    }

    CellOutcome Execute(CellRequest request, Action<CellEvent> publish, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        _count = request.Number ?? (request.Silent ? _count : _count + 1);
        using var interruption = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Volatile.Write(ref _interruption, interruption);
        var events = new List<CellEvent>();
        var output = new CellOutput(e =>
        {
            if (request.Cache is { Wanted: true })
                events.Add(e);
            if (!request.Silent || e is ErrorEvent or InputEvent)
                publish(e);
        }, _settings.Limits);
        var cell = new RunningCell(this, KernelName.Of(request.Kernel ?? _settings.DefaultKernel), _count, output, interruption.Token);
        cell.Begin();
        var (status, error) = (CellStatus.Succeeded, (ErrorEvent?)null);
        var inputs = "";
        var seconds = 0.0;
        CachedCell? cached = null;
        IReadOnlyList<CellEvent>? restored = null;
        try
        {
            inputs = _past.Inputs(request.Cache?.Inputs ?? []);
            cached = Cached(cell, request, inputs);
            restored = cached?.Restore(cell);
            if (restored is null)
            {
                cached?.Before(cell);
                var began = watch.Elapsed;
                Run(cell, request.Code);
                seconds = (watch.Elapsed - began).TotalSeconds;
                cached?.After(cell);
            }
        }
        catch (Exception e)
        {
            (status, error) = Judge(e, interruption.Token);
            output.Error(error);
        }
        finally
        {
            Volatile.Write(ref _interruption, null);
            output.Dispose();
            cell.End();
        }
        foreach (var e in restored ?? [])
            publish(e);
        _past.Add(KernelName.Of(request.Kernel ?? _settings.DefaultKernel), request.Code, inputs, status);
        return new(status, _count, error, watch.Elapsed.TotalSeconds) { Caching = cached?.Close(status == CellStatus.Succeeded, seconds, events) };
    }

    CachedCell? Cached(RunningCell cell, CellRequest request, string inputs)
    {
        if (request.Cache is not { Wanted: true } cache || request.Silent)
            return null;
        if (CellParser.Parse(request.Code, cell.Kernel) is not [CodePart { Kernel: KernelName.CSharp } part])
            return new("only cells of C# alone are; magic commands and packages go into a cell of their own");
        _warm.ContinueWith(static _ => { }, TaskScheduler.Default).Wait(cell.Cancellation);
        var csharp = (CSharpLanguage)Language(KernelName.CSharp);
        try
        {
            var versions = SessionPast.Versions([.. HostReferences.Paths.Where(p => Path.GetDirectoryName(p) == Path.GetDirectoryName(typeof(NotebookSession).Assembly.Location)), .. _references], _packages.Restored.Versions);
            return new(new CellCache(cache.Folder), _past.Key(cell.Kernel, request.Code, inputs, cache.Answers, versions), part.Code, csharp);
        }
        catch (NotCachedException e)
        {
            return new(e.Message);
        }
    }

    static (CellStatus, ErrorEvent) Judge(Exception e, CancellationToken interruption)
    {
        var cause = ErrorText.Unwrap(e);
        // Several threads of a cell may each say so.
        if (interruption.IsCancellationRequested
            && (cause is OperationCanceledException or ThreadInterruptedException || cause is AggregateException many && many.Flatten().InnerExceptions.All(i => i is OperationCanceledException)))
            return (CellStatus.Interrupted, ErrorText.Interrupted);
        if (cause is OutOfMemoryException)
            GC.Collect();
        return (cause is CellFailure { Unsupported: true } ? CellStatus.Unsupported : CellStatus.Failed, ErrorText.Of(e));
    }

    void Run(RunningCell cell, string code)
    {
        var parts = CellParser.Parse(code, cell.Kernel);
        // All kernels are known before anything runs.
        foreach (var part in parts.OfType<CodePart>())
        {
            if (!_languages.ContainsKey(part.Kernel))
                Language(part.Kernel);
        }
        _warm.ContinueWith(static _ => { }, TaskScheduler.Default).Wait(cell.Cancellation);
        // Restoring and starting a compiler are not to be torn apart.
        Restore([.. parts.OfType<PackagePart>()], cell);
        foreach (var kernel in parts.OfType<CodePart>().Select(p => p.Kernel).Distinct())
            Language(kernel);
        using var interruption = cell.Cancellation.Register(LoopCheck.Interrupt);
        using var waking = new WaitInterruption(s_grace, cell.Cancellation);
        RunParts(cell, parts, isNested: false);
    }

    void RunParts(RunningCell cell, IReadOnlyList<CellPart> parts, bool isNested)
    {
        var watch = Stopwatch.StartNew();
        if (isNested)
            Restore([.. parts.OfType<PackagePart>()], cell);
        var last = parts.OfType<CodePart>().LastOrDefault();
        var timed = false;
        foreach (var part in parts)
        {
            cell.Kernel = part.Kernel;
            if (part is DirectivePart { Directive: var directive })
            {
                timed |= directive.Name == "#!time";
                new DirectiveRunner(this, cell).Run(directive, part.Kernel);
            }
            else if (part is CodePart code)
            {
                Show(Language(code.Kernel).Run(code.Code, cell), cell, isResult: code == last && !isNested);
            }
        }
        if (timed)
            Kernel.display(new FormattedValue(PlainTextFormatter.MimeType, $"Wall time: {watch.Elapsed.TotalMilliseconds:0.####}ms"));
    }

    static void Show(object? value, RunningCell cell, bool isResult)
    {
        // What has been displayed is not displayed again.
        if (value == ICellLanguage.Nothing || value is DisplayedValue)
            return;
        var data = MimeData.Of(FormattedValue.CreateMany(value, []));
        if (isResult)
            cell.Output.Result(data, cell.Number);
        else
            cell.Output.Display(data, null);
    }

    void Restore(PackagePart[] parts, RunningCell? cell)
    {
        if (parts.Length == 0)
            return;
        foreach (var source in parts.Where(p => p.IsSource))
            _packages.AddSource(source.Name);
        var requests = parts.Where(p => !p.IsSource).Select(p => new PackageRequest(p.Name, p.Version)).Distinct().ToArray();
        var kit = requests.Select(r => KitPackages.Find(r.Name)).Where(k => k is not null).Select(k => k!.Value).ToArray();
        var foreign = requests.Where(r => KitPackages.Find(r.Name) is null).ToArray();
        var installed = foreign.Length == 0 ? [] : _packages.Add(foreign, cell?.Cancellation ?? default);
        HostReferences.AddNative(_packages.Restored.Native);
        foreach (var assembly in _packages.Restored.Assemblies)
            HostReferences.Load(assembly);
        Reference([.. kit.SelectMany(k => k.Assemblies), .. _packages.Restored.References]);
        if (cell is null)
            return;
        foreach (var notice in kit.Select(k => k.Notice).Distinct())
            cell.Output.Write(StreamEvent.Out, $"[researchkit] {notice}\n");
        if (installed.Count > 0)
        {
            var lines = installed.Select(p => $"{p.Name}, {p.Version}").ToArray();
            Kernel.display(new[]
            {
                new FormattedValue(HtmlFormatter.MimeType, $"<div><strong>Installed Packages</strong><ul>{string.Concat(lines.Select(l => $"<li><span>{HtmlFormatter.Encoder.Encode(l)}</span></li>"))}</ul></div>"),
                new FormattedValue(PlainTextFormatter.MimeType, $"Installed Packages: {string.Join("; ", lines)}"),
            });
        }
    }

    void Reference(IReadOnlyList<string> assemblies)
    {
        string[] fresh = [.. assemblies.Where(a => !_references.Contains(a))];
        _references.AddRange(fresh);
        foreach (var (_, language) in Started)
            language.Reference(fresh);
    }
}

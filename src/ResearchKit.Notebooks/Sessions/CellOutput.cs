using System.Text;
using System.Text.Json.Nodes;

namespace ResearchKit.Notebooks.Sessions;

/// <summary>
/// Takes what a cell puts out, from any thread, and publishes it in order from a thread of its own: text that is written in quick
/// succession is joined, of updates in quick succession only the last is sent, and a flood is cut in the middle.
/// </summary>
sealed class CellOutput : IDisposable
{
    static readonly TimeSpan s_pace = TimeSpan.FromMilliseconds(40);

    readonly Lock _lock = new();
    readonly Action<CellEvent> _publish;
    readonly OutputLimits _limits;
    readonly Thread _publisher;
    readonly SemaphoreSlim _work = new(0);
    readonly ManualResetEventSlim _closing = new();
    readonly Dictionary<string, int> _waitingUpdates = [];
    readonly Queue<char[]> _tail = new();

    List<CellEvent> _waiting = [];
    StringBuilder? _stream;
    string _streamName = "", _tailName = StreamEvent.Out;
    long _written, _tailLength, _omitted, _shownLength;
    int _shown, _omittedDisplays;
    bool _closed;

    public CellOutput(Action<CellEvent> publish, OutputLimits limits)
    {
        (_publish, _limits) = (publish, limits);
        _publisher = new Thread(Publish) { IsBackground = true, Name = "cell output" };
        _publisher.Start();
    }

    /// <summary>The first error of whom the events are published to; nothing is published after it.</summary>
    public Exception? PublishError { get; private set; }

    public void Write(string stream, ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
            return;
        lock (_lock)
        {
            var head = _limits.StreamLength - _limits.StreamLength / 4;
            var fits = (int)Math.Clamp(head - _written, 0, text.Length);
            _written += text.Length;
            if (fits > 0)
                Append(stream, text[..fits]);
            if (fits < text.Length)
                KeepTail(stream, text[fits..]);
        }
    }

    public void Display(JsonObject data, string? displayId) => Add(new DisplayEvent(data, displayId), data);

    public void Result(JsonObject data, int executionCount) => Add(new ResultEvent(data, executionCount), data);

    public void Error(ErrorEvent error) => Add(error, null);

    public void Clear(bool wait) => Add(new ClearEvent(wait), null);

    /// <summary>Puts a question, after all that was put out before it.</summary>
    public void Ask(InputRequest request) => Add(new InputEvent(request.Prompt, request.Secret), null);

    public void Update(string displayId, JsonObject data)
    {
        lock (_lock)
        {
            if (_closed)
                return;
            if (_waitingUpdates.TryGetValue(displayId, out var place))
            {
                _waiting[place] = new UpdateEvent(data, displayId);
                return;
            }
            CloseStream();
            _waitingUpdates[displayId] = _waiting.Count;
            Enqueue(new UpdateEvent(data, displayId));
        }
    }

    /// <summary>Publishes what is left and returns when it has been. What comes later is dropped.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_closed)
                return;
            CloseStream();
            WriteTail();
            CloseStream();
            _closed = true;
        }
        _closing.Set();
        _work.Release();
        _publisher.Join();
        _work.Dispose();
        _closing.Dispose();
    }

    void Add(CellEvent output, JsonObject? data)
    {
        var length = data is null ? 0 : data.Sum(d => d.Value is JsonValue v && v.TryGetValue<string>(out var s) ? s.Length : 1000L);
        lock (_lock)
        {
            if (_closed)
                return;
            if (data is not null && (_shown >= _limits.Displays || _shownLength + length > _limits.DisplayLength))
            {
                _omittedDisplays++;
            }
            else
            {
                _shown += data is null ? 0 : 1;
                _shownLength += length;
                CloseStream();
                // An update that comes later may not overtake what stands before it.
                _waitingUpdates.Clear();
                Enqueue(output);
            }
        }
    }

    void Append(string stream, ReadOnlySpan<char> text)
    {
        if (_closed)
            return;
        if (_stream is not null && _streamName != stream)
            CloseStream();
        if (_stream is null)
        {
            (_stream, _streamName) = (new(), stream);
            _work.Release();
        }
        _stream.Append(text);
    }

    void KeepTail(string stream, ReadOnlySpan<char> text)
    {
        _tailName = stream;
        _tail.Enqueue(text.ToArray());
        _tailLength += text.Length;
        while (_tail.Count > 1 && _tailLength - _tail.Peek().Length >= _limits.StreamLength / 4)
        {
            var dropped = _tail.Dequeue().Length;
            _tailLength -= dropped;
            _omitted += dropped;
        }
    }

    void WriteTail()
    {
        if (_omitted > 0)
        {
            Append(StreamEvent.Err, $"\n[{_omitted:N0} characters of output are left out here; a cell may write {_limits.StreamLength:N0}]\n");
            _tailName = StreamEvent.Out;
        }
        while (_tail.TryDequeue(out var text))
            Append(_tailName, text);
        if (_omittedDisplays > 0)
            Append(StreamEvent.Err, $"\n[{_omittedDisplays:N0} more displays are left out; a cell may show {_limits.Displays:N0} of {_limits.DisplayLength:N0} characters in all]\n");
    }

    void CloseStream()
    {
        if (_stream is null)
            return;
        _waitingUpdates.Clear();
        _waiting.Add(new StreamEvent(_streamName, _stream.ToString()));
        _stream = null;
    }

    void Enqueue(CellEvent output)
    {
        _waiting.Add(output);
        _work.Release();
    }

    void Publish()
    {
        while (true)
        {
            _work.Wait();
            List<CellEvent> events;
            bool last;
            lock (_lock)
            {
                CloseStream();
                (events, _waiting) = (_waiting, []);
                _waitingUpdates.Clear();
                last = _closed;
            }
            try
            {
                if (PublishError is null)
                    events.ForEach(_publish);
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
            {
                PublishError = e;
            }
            if (last)
                return;
            _closing.Wait(s_pace);
        }
    }
}

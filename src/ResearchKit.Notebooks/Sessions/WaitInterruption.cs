namespace ResearchKit.Notebooks.Sessions;

/// <summary>Wakes a thread that sleeps or waits without end, where no check is passed; again and again, until it is over.</summary>
sealed class WaitInterruption : IDisposable
{
    static readonly TimeSpan s_period = TimeSpan.FromMilliseconds(250);

    readonly Lock _lock = new();
    readonly Thread _thread = Thread.CurrentThread;
    readonly Timer _timer;
    readonly CancellationTokenRegistration _registration;
    bool _over, _interrupted;

    /// <summary>Watches over the calling thread until disposed.</summary>
    /// <param name="delay">How long the thread may take to end by itself.</param>
    /// <param name="cancellation">Begins the waking, after the delay.</param>
    public WaitInterruption(TimeSpan delay, CancellationToken cancellation)
    {
        _timer = new Timer(_ => Wake());
        _registration = cancellation.Register(() => _timer.Change(delay, s_period));
    }

    /// <summary>Ends the watch. An interruption that came too late to wake anything is taken back.</summary>
    public void Dispose()
    {
        // Until the last interruption is taken back, whatever waits here may be woken by it, this lock too.
        while (!_over)
        {
            try
            {
                lock (_lock)
                    _over = true;
            }
            catch (ThreadInterruptedException)
            {
                // Once more.
            }
        }
        try
        {
            Thread.Sleep(_interrupted ? 1 : 0);
        }
        catch (ThreadInterruptedException)
        {
            // That was it.
        }
        _registration.Dispose();
        _timer.Dispose();
    }

    void Wake()
    {
        lock (_lock)
        {
            if (_over)
                return;
            _interrupted = true;
            _thread.Interrupt();
        }
    }
}

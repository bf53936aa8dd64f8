namespace AirIsland.Edge.Drivers.Modbus;

/// <summary>Wakes one waiter: after a span of site time, after one of real time, or when it is rung. It may wake early.</summary>
internal sealed class Alarm : IDisposable
{
    private static readonly TimeSpan Never = Timeout.InfiniteTimeSpan;

    private readonly SemaphoreSlim _rung = new(0);
    private readonly ITimer _site;
    private readonly ITimer _real;

    public Alarm(TimeProvider site, TimeProvider real)
    {
        _site = site.CreateTimer(static alarm => ((Alarm)alarm!).Ring(), this, Never, Never);
        _real = real.CreateTimer(static alarm => ((Alarm)alarm!).Ring(), this, Never, Never);
    }

    public void Ring()
    {
        if (_rung.CurrentCount == 0) _rung.Release();
    }

    /// <param name="site">Site time to wait; infinite: no end by it.</param>
    /// <param name="real">Real time to wait; infinite: no end by it.</param>
    public async Task WaitAsync(TimeSpan site, TimeSpan real)
    {
        if (site != Never) _site.Change(site, Never);
        if (real != Never) _real.Change(real, Never);
        await _rung.WaitAsync();
        // Those who rang meanwhile are heard, too: who wakes looks at everything.
        while (_rung.Wait(0))
        {
        }
    }

    public void Dispose()
    {
        _site.Dispose();
        _real.Dispose();
    }
}

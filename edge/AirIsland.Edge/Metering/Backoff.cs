namespace AirIsland.Edge.Metering;

/// <summary>
/// Whether something outside works, and how long it is left alone after it failed: twice as long each time, with a bound. Rests are
/// real time also when the process runs on scaled time, because sockets and brokers are real.
/// </summary>
public sealed class Backoff(TimeSpan shortest, TimeSpan longest)
{
    private readonly Lock _gate = new();
    private readonly Random _jitter = new();
    private int _failures;
    private string? _state;
    private Task _rest = Task.CompletedTask;

    /// <summary>The thing failed lately and is not to be tried yet.</summary>
    public bool IsResting => !Volatile.Read(ref _rest).IsCompleted;

    /// <summary>The thing failed and has not worked since.</summary>
    public bool IsFailing => Volatile.Read(ref _state) is not null;

    /// <summary>Ends with the rest. Completed when there is none.</summary>
    public Task Rest => Volatile.Read(ref _rest);

    /// <summary>Takes down a failure. True when this is news: it worked before, or failed in another way.</summary>
    public bool Fail(string state)
    {
        lock (_gate)
        {
            var rest = shortest * Math.Pow(2, Math.Min(_failures++, 20));
            // Jitter: what broke together should not come back in step.
            rest = (rest < longest ? rest : longest) * (0.8 + (_jitter.NextDouble() * 0.2));
            _rest = Task.Delay(rest);
            var isNews = _state != state;
            _state = state;
            return isNews;
        }
    }

    /// <summary>Takes down that it works. True when this is news.</summary>
    public bool Recover()
    {
        lock (_gate)
        {
            _failures = 0;
            _rest = Task.CompletedTask;
            var isNews = _state is not null;
            _state = null;
            return isNews;
        }
    }
}

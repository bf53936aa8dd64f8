namespace AirIsland.Edge.Metering;

/// <summary>Where a driver takes down how one of its devices is doing. Thread-safe.</summary>
public sealed class DeviceGauge
{
    private const int Kept = 128;

    private readonly Lock _gate = new();
    private readonly TimeProvider _real;
    private readonly double[] _lastMs = new double[Kept];
    private double _smoothMs, _swingMs;
    private long _answers, _requests, _timeouts, _failures, _strays, _skipped;
    private DateTimeOffset? _lastAnswer;
    private DeviceState _state;

    internal DeviceGauge(string device, TimeProvider real) => (Device, _real) = (device, real);

    public string Device { get; }

    /// <summary>
    /// How long an answer may be expected to take, by those before: smoothed, and four times their swing on top, as TCP does. Null before
    /// the first.
    /// </summary>
    public TimeSpan? Expected
    {
        get
        {
            lock (_gate) return _answers == 0 ? null : TimeSpan.FromMilliseconds(_smoothMs + (4 * _swingMs));
        }
    }

    /// <summary>A request goes out: gives the moment, for <see cref="Answered"/>.</summary>
    public long Ask()
    {
        lock (_gate) _requests++;
        return _real.GetTimestamp();
    }

    /// <summary>It answered, be it with a refusal.</summary>
    public void Answered(long asked)
    {
        var tookMs = _real.GetElapsedTime(asked).TotalMilliseconds;
        lock (_gate)
        {
            _swingMs = _answers == 0 ? tookMs / 2 : _swingMs + ((Math.Abs(tookMs - _smoothMs) - _swingMs) / 4);
            _smoothMs = _answers == 0 ? tookMs : _smoothMs + ((tookMs - _smoothMs) / 8);
            _lastMs[_answers++ % Kept] = tookMs;
            _lastAnswer = _real.GetUtcNow();
        }
    }

    /// <summary>It said something of its own accord, so it works: of devices that are not asked.</summary>
    public void Heard()
    {
        lock (_gate) (_lastAnswer, _state) = (_real.GetUtcNow(), DeviceState.Working);
    }

    /// <summary>It did not answer in time; counts as a failure, too.</summary>
    public void TimedOut()
    {
        lock (_gate) (_timeouts, _failures) = (_timeouts + 1, _failures + 1);
    }

    public void Failed()
    {
        lock (_gate) _failures++;
    }

    public void Strayed(long frames)
    {
        lock (_gate) _strays += frames;
    }

    public void Skipped(long polls)
    {
        lock (_gate) _skipped += polls;
    }

    public void Became(DeviceState state)
    {
        lock (_gate) _state = state;
    }

    public DeviceHealth Read()
    {
        lock (_gate)
        {
            var last = _lastMs.AsSpan(0, (int)Math.Min(_answers, Kept)).ToArray();
            Array.Sort(last);
            TimeSpan? slow = last.Length == 0 ? null : TimeSpan.FromMilliseconds(last[Math.Max(0, last.Length - 2)]);
            TimeSpan? smooth = last.Length == 0 ? null : TimeSpan.FromMilliseconds(_smoothMs);
            return new(Device, _state, smooth, slow, _requests, _timeouts, _failures, _strays, _skipped, _lastAnswer);
        }
    }
}

using Microsoft.Extensions.Logging;

namespace AirIsland.Edge.Metering;

/// <summary>
/// What the edge's own clock is worth. It is held against monotonic time, which no one sets: what was stamped while it was not believed
/// says by how much it was ahead of that, and so does, once it is believed, what the cloud is told to put it right. It is not believed
/// before <see cref="ClockOptions.Earliest"/>, while the system says that it is not synchronised, and after it was set back until it has
/// passed where it was. Thread-safe.
/// </summary>
public sealed partial class SiteClock
{
    private const long Tolerance = 300_000;

    // What waits in a queue was stamped before the last steps; a clock that is set more often than that is not worth following.
    private const int Remembered = 8;

    private static readonly TimeSpan TellAgain = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly BootTime _boot;
    private readonly ClockOptions _options;
    private readonly EdgeStatus _status;
    private readonly ILogger<SiteClock> _logger;
    private readonly Queue<ClockEra> _eras = [];
    private ClockEra _era;
    private long _last, _passed, _latest;
    private long? _asked, _told;
    private bool _isSynchronised = true;

    /// <param name="time">The clock.</param>
    /// <param name="options">When it is believed.</param>
    /// <param name="status">Learns whether it is, and how often it was set.</param>
    /// <param name="logger">Is told the same.</param>
    /// <param name="boot">Monotonic time; without a word that of <paramref name="time"/>.</param>
    public SiteClock(
        TimeProvider time, ClockOptions options, EdgeStatus status, ILogger<SiteClock> logger, BootTime? boot = null)
    {
        ArgumentNullException.ThrowIfNull(time);
        _boot = boot ?? BootTime.Of(time);
        (_time, _options, _status, _logger) = (time, options, status, logger);
        (_last, _passed) = (time.GetUtcNow().ToUnixTimeMilliseconds(), Uptime());
        _era = new(_last - _passed, IsBelieved: true, _last, _last);
        Look();
    }

    /// <summary>The clock itself.</summary>
    public TimeProvider Time => _time;

    /// <summary>The boot that monotonic time counts from.</summary>
    public string Boot => _boot.Boot;

    /// <summary>The clock has shown that time before, in an earlier run (ms since 1970 UTC).</summary>
    public void HasShown(long instant)
    {
        lock (_gate) _latest = Math.Max(_latest, instant);
    }

    public ClockSight Look()
    {
        lock (_gate)
        {
            var now = _time.GetUtcNow();
            var (shown, passed) = (now.ToUnixTimeMilliseconds(), Uptime());
            var (since, ran) = (passed - _passed, _last + passed - _passed);
            (_last, _passed) = (shown, passed);
            var isStep = Math.Abs(shown - ran) >= (long)_options.Step.TotalMilliseconds;
            if (isStep)
            {
                _status.ClockStepped();
                LogStepped(_logger, (shown - ran) / 1000.0);
            }
            var isBelieved = Judge(now, shown, passed);
            // Trims add up to what a step is.
            var isOff = Math.Abs(shown - passed - _era.OffsetMs) >= (long)_options.Step.TotalMilliseconds;
            if (isStep || isOff || isBelieved != _era.IsBelieved)
            {
                // Nobody looked when it was set: either may have been shown ever since the last look.
                _era = _era with { To = Math.Max(_era.To, ran) };
                Begin(new(shown - passed, isBelieved, isBelieved ? shown : shown - since, shown));
            }
            else
            {
                _era = _era with { To = Math.Max(_era.To, shown) };
            }
            return new(now, isBelieved, _era.OffsetMs);
        }
    }

    /// <summary>
    /// What a clock that was not believed showed when it stamped that instant (ms since 1970 UTC), as of the last look; null when it was
    /// believed then, and when it has not shown that instant.
    /// </summary>
    public ClockReading? Doubt(long instant)
    {
        lock (_gate)
        {
            var era = _era.HasShown(instant) ? _era : _eras.LastOrDefault(e => e.HasShown(instant), ClockEra.Believed);
            return era.IsBelieved ? null : new(Boot, era.OffsetMs, instant - era.OffsetMs);
        }
    }

    /// <summary>
    /// What the cloud is to be told: the clock, as of the last look, if it is believed and was not told before since it was set or came to
    /// be believed. It is told again after an hour, because a batch that carries it may be given up.
    /// </summary>
    public ClockReading? TakeFix()
    {
        lock (_gate)
        {
            if (!_era.IsBelieved || (_told is { } told && _passed - told < (long)TellAgain.TotalMilliseconds)) return null;
            _told = _passed;
            return new(Boot, _era.OffsetMs, _passed);
        }
    }

    private void Begin(ClockEra era)
    {
        _eras.Enqueue(_era);
        if (_eras.Count > Remembered) _eras.Dequeue();
        (_era, _told) = (era, null);
    }

    private long Uptime() => _boot.PassedMs;

    private bool Judge(DateTimeOffset now, long shown, long passed)
    {
        // A question to the file system, once a second at most.
        if (_options.SynchronisedFile is { } file && (_asked is not { } asked || passed - asked >= 1000))
            (_asked, _isSynchronised) = (passed, File.Exists(file));
        var isSetBack = _options.SynchronisedFile is null && shown < _latest - Tolerance;
        var isBelieved = now >= _options.Earliest && _isSynchronised && !isSetBack;
        if (isBelieved) _latest = Math.Max(_latest, shown);
        if (isBelieved == _era.IsBelieved) return isBelieved;
        _status.IsClockBelieved = isBelieved;
        if (isBelieved) LogBelieved(_logger);
        else LogDoubted(_logger, now, isSetBack ? "it was set back" : _isSynchronised ? "it has lost the time" : "it is not synchronised");
        return isBelieved;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The clock was set by {StepS} s")]
    private static partial void LogStepped(ILogger logger, double stepS);

    [LoggerMessage(Level = LogLevel.Error, Message = "The clock showed {Now} and was not believed: {Why}; readings became Uncertain/Clock")]
    private static partial void LogDoubted(ILogger logger, DateTimeOffset now, string why);

    [LoggerMessage(Level = LogLevel.Information, Message = "The clock was believed again; the cloud is told what it was off before")]
    private static partial void LogBelieved(ILogger logger);
}

using Microsoft.Extensions.Logging;

namespace AirIsland.Edge.Metering;

/// <summary>
/// What the edge's own clock is worth. It is held against monotonic time: a step is told to the cloud with the boot it happened in, so that
/// what was stamped before can be put right. It is not believed before <see cref="ClockOptions.Earliest"/>, while the system says that it
/// is not synchronised, and after it was set back until it has passed where it was. Not thread-safe: the pipeline owns it.
/// </summary>
public sealed partial class SiteClock
{
    private const string BootIdFile = "/proc/sys/kernel/random/boot_id";
    private const long Tolerance = 300_000;

    private readonly TimeProvider _time;
    private readonly ClockOptions _options;
    private readonly EdgeStatus _status;
    private readonly ILogger<SiteClock> _logger;
    private readonly List<ClockStep> _steps = [];
    private readonly long _started;
    private long _from, _last, _passed, _latest;
    private long? _asked;
    private bool _isSynchronised = true;

    public SiteClock(TimeProvider time, ClockOptions options, EdgeStatus status, ILogger<SiteClock> logger)
    {
        ArgumentNullException.ThrowIfNull(time);
        (_time, _options, _status, _logger) = (time, options, status, logger);
        _started = time.GetTimestamp();
        _from = _last = time.GetUtcNow().ToUnixTimeMilliseconds();
        Look();
    }

    /// <summary>The clock itself.</summary>
    public TimeProvider Time => _time;

    /// <summary>Names the time since the system started; without a system that says it, since this process did.</summary>
    public string Boot { get; } = File.Exists(BootIdFile) ? File.ReadAllText(BootIdFile).Trim() : Guid.NewGuid().ToString();

    /// <summary>As of the last look.</summary>
    public DateTimeOffset Now { get; private set; }

    /// <summary>Whether what it shows can be true, as of the last look.</summary>
    public bool IsBelieved { get; private set; } = true;

    /// <summary>The clock has shown that time before, in an earlier run (ms since 1970 UTC).</summary>
    public void HasShown(long instant) => _latest = Math.Max(_latest, instant);

    public void Look()
    {
        Now = _time.GetUtcNow();
        var (now, passed) = (Now.ToUnixTimeMilliseconds(), (long)_time.GetElapsedTime(_started).TotalMilliseconds);
        var step = now - _last - (passed - _passed);
        if (Math.Abs(step) >= (long)_options.Step.TotalMilliseconds)
        {
            _steps.Add(new(Boot, step, _from, _last));
            _from = now;
            _status.ClockStepped();
            LogStepped(_logger, step / 1000.0);
        }
        (_last, _passed) = (now, passed);
        Judge(now, passed);
    }

    /// <summary>The steps since the last call.</summary>
    public IReadOnlyList<ClockStep> TakeSteps()
    {
        if (_steps.Count == 0) return [];
        ClockStep[] steps = [.. _steps];
        _steps.Clear();
        return steps;
    }

    private void Judge(long now, long passed)
    {
        // A question to the file system, once a second at most.
        if (_options.SynchronisedFile is { } file && (_asked is not { } asked || passed - asked >= 1000))
            (_asked, _isSynchronised) = (passed, File.Exists(file));
        var isSetBack = _options.SynchronisedFile is null && now < _latest - Tolerance;
        var isBelieved = Now >= _options.Earliest && _isSynchronised && !isSetBack;
        if (isBelieved) _latest = Math.Max(_latest, now);
        if (isBelieved == IsBelieved) return;
        IsBelieved = _status.IsClockBelieved = isBelieved;
        if (isBelieved) LogBelieved(_logger);
        else LogDoubted(_logger, Now, isSetBack ? "it was set back" : _isSynchronised ? "it has lost the time" : "it is not synchronised");
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The clock was set by {StepS} s; the cloud was told")]
    private static partial void LogStepped(ILogger logger, double stepS);

    [LoggerMessage(Level = LogLevel.Error, Message = "The clock showed {Now} and was not believed: {Why}; readings became Uncertain/Clock")]
    private static partial void LogDoubted(ILogger logger, DateTimeOffset now, string why);

    [LoggerMessage(Level = LogLevel.Information, Message = "The clock was believed again")]
    private static partial void LogBelieved(ILogger logger);
}

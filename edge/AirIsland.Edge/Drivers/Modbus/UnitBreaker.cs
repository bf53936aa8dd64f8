using AirIsland.Edge.Metering;

namespace AirIsland.Edge.Drivers.Modbus;

/// <summary>
/// Whether one unit of a line is asked. After <see cref="FailuresToRest"/> failures in a row it rests, longer each time; then one request
/// finds out whether it is back, with little patience first, because the others of its line wait meanwhile. A unit that shares its line
/// may fail for a hundredth of the line's time, however long its rests should be.
/// </summary>
public sealed class UnitBreaker(ModbusDriverOptions options, DeviceGauge gauge, TimeProvider real)
{
    public const int FailuresToRest = 3;
    private const int ShareOfLine = 100;
    private static readonly TimeSpan LeastPatience = TimeSpan.FromMilliseconds(20);

    private readonly Random _jitter = new();
    private volatile int _failures;
    private long _restsUntil;

    /// <summary>It failed when it was last asked: what it costs next is at the expense of others.</summary>
    public bool IsSuspect => _failures > 0;

    public bool IsResting => IsOpen && real.GetTimestamp() < Volatile.Read(ref _restsUntil);

    private bool IsOpen => _failures >= FailuresToRest;

    /// <summary>How long the next answer is waited for; once it has rested it is a probe.</summary>
    public TimeSpan Patience(TimeSpan timeout)
    {
        if (!IsOpen) return timeout;
        gauge.Became(DeviceState.Probing);
        var expected = gauge.Expected * 2 ?? timeout / 8;
        var least = expected > LeastPatience ? expected : LeastPatience;
        var patience = least * Math.Pow(2, Math.Min(_failures - FailuresToRest, 10));
        return patience < timeout ? patience : timeout;
    }

    public void Answered() => _failures = 0;

    /// <param name="took">What the failed try cost, real time.</param>
    /// <param name="isShared">Whether other units are on the line.</param>
    public void Failed(TimeSpan took, bool isShared)
    {
        _failures++;
        if (!IsOpen) return;
        var rest = options.ShortestRest * Math.Pow(2, Math.Min(_failures - FailuresToRest, 20));
        if (isShared && rest < took * ShareOfLine) rest = took * ShareOfLine;
        // Jitter: what broke together should not come back in step.
        rest = (rest < options.LongestRest ? rest : options.LongestRest) * (0.8 + (_jitter.NextDouble() * 0.2));
        Volatile.Write(ref _restsUntil, real.GetTimestamp() + (long)(rest.TotalSeconds * real.TimestampFrequency));
    }
}

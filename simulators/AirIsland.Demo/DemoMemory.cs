using AirIsland.Simulators.Clock;
using AirIsland.Simulators.Devices;

namespace AirIsland.Demo;

/// <summary>
/// Where station time was when the demo last ended on these data, so that a second start goes on after it and no register runs backwards.
/// </summary>
internal sealed class DemoMemory(string directory)
{
    /// <summary>A scaled demo starts half an hour before the early shift, site time (UTC+8) of the day before.</summary>
    private static readonly TimeSpan SiteOffset = TimeSpan.FromHours(8);
    private static readonly TimeSpan StartOfDay = new(5, 30, 0);

    /// <summary>05:30 site time of the day before.</summary>
    public static DateTimeOffset UsualStart(TimeProvider real)
    {
        var today = real.GetUtcNow().ToOffset(SiteOffset).Date;
        return new DateTimeOffset(today, SiteOffset).AddDays(-1) + StartOfDay;
    }

    /// <exception cref="FormatException">Real time is wanted, and the data are already ahead of it.</exception>
    public TimeProvider Clock(TimeProvider real, double speed)
    {
        // Kept with the registers after every step of the plant, so that a killed demo goes on where it was, too.
        var last = RegisterMemory.ReadFrom(directory)?.Instant;
        var now = real.GetUtcNow();
        if (speed > 1) return new ScaledTime(real, last ?? UsualStart(real), now, speed);
        return last is null || last <= now
            ? real
            : throw new FormatException(
                $"the data in {directory} are already at {last:u}: take --speed above 1, or another --data directory");
    }
}

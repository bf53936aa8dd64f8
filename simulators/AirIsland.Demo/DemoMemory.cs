using System.Globalization;
using AirIsland.Simulators.Clock;

namespace AirIsland.Demo;

/// <summary>
/// Where station time was when the demo last ended on these data, so that a second start goes on after it and no register runs backwards.
/// </summary>
internal sealed class DemoMemory(string directory)
{
    /// <summary>A scaled demo starts half an hour before the early shift, site time (UTC+8) of the day before.</summary>
    private static readonly TimeSpan SiteOffset = TimeSpan.FromHours(8);
    private static readonly TimeSpan StartOfDay = new(5, 30, 0);

    private readonly string _path = Path.Combine(directory, "station-time.txt");

    /// <summary>05:30 site time of the day before.</summary>
    public static DateTimeOffset UsualStart(TimeProvider real)
    {
        var today = real.GetUtcNow().ToOffset(SiteOffset).Date;
        return new DateTimeOffset(today, SiteOffset).AddDays(-1) + StartOfDay;
    }

    /// <exception cref="FormatException">Real time is wanted, and the data are already ahead of it.</exception>
    public TimeProvider Clock(TimeProvider real, double speed)
    {
        var last = File.Exists(_path) ? DateTimeOffset.Parse(File.ReadAllText(_path), CultureInfo.InvariantCulture) : (DateTimeOffset?)null;
        var now = real.GetUtcNow();
        if (speed > 1) return new ScaledTime(real, last ?? UsualStart(real), now, speed);
        return last is null || last <= now
            ? real
            : throw new FormatException(
                $"the data in {directory} are already at {last:u}: take --speed above 1, or another --data directory");
    }

    public void Keep(TimeProvider time) => File.WriteAllText(_path, time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture));
}

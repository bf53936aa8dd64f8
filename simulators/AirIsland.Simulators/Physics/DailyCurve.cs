namespace AirIsland.Simulators.Physics;

/// <summary>A value that follows the hours of the day: straight lines between corners, the first of them at midnight.</summary>
public sealed class DailyCurve
{
    private readonly (double Hour, double Value)[] _corners;

    /// <exception cref="ArgumentException">The corners do not start at midnight or do not rise in time.</exception>
    public DailyCurve(params (double Hour, double Value)[] corners)
    {
        ArgumentNullException.ThrowIfNull(corners);
        if (corners.Length == 0 || corners[0].Hour != 0 || corners.Zip(corners.Skip(1)).Any(pair => pair.First.Hour >= pair.Second.Hour))
            throw new ArgumentException("corners must start at midnight and rise in time", nameof(corners));
        _corners = [.. corners, (24, corners[0].Value)];
    }

    public double At(TimeSpan timeOfDay)
    {
        var hour = timeOfDay.TotalHours;
        var next = Array.FindIndex(_corners, corner => corner.Hour > hour);
        var (from, to) = (_corners[next - 1], _corners[next]);
        return from.Value + (to.Value - from.Value) * (hour - from.Hour) / (to.Hour - from.Hour);
    }
}

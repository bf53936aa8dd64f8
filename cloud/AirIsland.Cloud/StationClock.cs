namespace AirIsland.Cloud;

/// <summary>
/// Key of the <see cref="TimeProvider"/> that tells the stations' time. Keyed, so that a process on scaled time does not scale the
/// timeouts of the libraries in it.
/// </summary>
public static class StationClock
{
    public const string Key = "station";
}

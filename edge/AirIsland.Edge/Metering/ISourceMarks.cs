namespace AirIsland.Edge.Metering;

/// <summary>What of each source was durably recorded: what comes again of that is known.</summary>
public interface ISourceMarks
{
    /// <summary>Source times of the messages recorded last (ms since 1970 UTC), up to <see cref="RecentInstants.Capacity"/>.</summary>
    RecentInstants Recent(string key);
}

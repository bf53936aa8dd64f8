namespace AirIsland.Edge.Metering;

/// <summary>What of each source was durably recorded last: what comes again up to there is known.</summary>
public interface ISourceMarks
{
    /// <summary>Source time, ms since 1970 UTC; <see cref="long.MinValue"/> for a source never recorded.</summary>
    long Committed(string key);
}

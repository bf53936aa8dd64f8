namespace AirIsland.Edge.Metering;

/// <summary>How far each source is durably recorded: what comes again up to there is known.</summary>
public interface ISourceMarks
{
    /// <summary>Source time, ms since 1970 UTC; <see cref="long.MinValue"/> for a source never recorded.</summary>
    long Committed(string key);
}

namespace AirIsland.Edge.Metering;

/// <summary>
/// Reads devices of one protocol. What fails in the outside world becomes Bad readings, log lines and counts, never an exception.
/// </summary>
public interface IDriver
{
    /// <summary>
    /// Scans as they are taken, each group in ascending time as long as nobody sets a clock back. When <paramref name="stopping"/> is
    /// cancelled no new scan begins; what is in flight is still handed out and the sequence ends by itself. A consumer that does not pull
    /// delays the next scans.
    /// </summary>
    IAsyncEnumerable<Scan> Read(CancellationToken stopping);
}

namespace AirIsland.Edge.Metering;

/// <summary>
/// Reads devices of one protocol. What fails in the outside world becomes Bad readings, log lines and counts, never an exception.
/// </summary>
public interface IDriver
{
    /// <summary>
    /// From now on these are the site's devices, of which the driver serves those of its protocol. Ends those that are gone or differ in
    /// <see cref="BoundDevice.Hash"/>: when the task completes the consumer is done with all they read. Begins new ones. Leaves the others
    /// undisturbed, their connections too. Before and while <see cref="Read"/> runs; one call at a time.
    /// </summary>
    Task ApplyAsync(IReadOnlyList<BoundDevice> devices);

    /// <summary>
    /// Scans as they are taken, each group in ascending time as long as nobody sets a clock back. When <paramref name="stopping"/> is
    /// cancelled no new scan begins; what is in flight is still handed out and the sequence ends by itself. A consumer that does not pull
    /// delays the next scans. To be called once.
    /// </summary>
    IAsyncEnumerable<Scan> Read(CancellationToken stopping);
}

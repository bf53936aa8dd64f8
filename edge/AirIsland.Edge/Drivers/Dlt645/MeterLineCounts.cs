namespace AirIsland.Edge.Drivers.Dlt645;

/// <summary>What one line has carried since it was opened first.</summary>
/// <param name="Endpoint">Id of the endpoint.</param>
/// <param name="Requests">Sent, answered or not.</param>
/// <param name="Timeouts">Requests without an answer.</param>
/// <param name="StrayFrames">Frames that answered no request under way: of another meter or item, too late, or an echo.</param>
/// <param name="DroppedBytes">Bytes of no frame: noise, and frames whose checksum is wrong.</param>
public sealed record MeterLineCounts(string Endpoint, long Requests, long Timeouts, long StrayFrames, long DroppedBytes);

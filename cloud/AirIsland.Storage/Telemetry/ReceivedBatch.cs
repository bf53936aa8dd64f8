using AirIsland.Domain.Metering;
using AirIsland.Domain.Stations;
using AirIsland.Proto.Columns;
using NodaTime;

namespace AirIsland.Storage.Telemetry;

/// <summary>
/// A batch as it came off the wire. The payload is stored byte for byte. Its instants are ms since 1970 UTC, the last inclusive;
/// <see cref="KnownAt"/> is when the cloud learned it.
/// </summary>
public sealed record ReceivedBatch(
    BatchKey Key, StationId Station, CatalogueKey Catalogue, BatchContent Content, EncodedBlock Block, Instant KnownAt)
{
    private const long LongestSpan = 86_400_000;

    /// <summary>What its payload says of its edge's clock.</summary>
    public BatchClock Clock { get; init; } = BatchClock.Silent;

    /// <summary>Why it cannot be decoded; it is then kept aside instead of stored, and the lane goes on.</summary>
    public string? Rejection { get; init; }

    /// <summary>
    /// Whether its levels stay in the journal as they came, until they expire: its clock was doubted by its edge, or is by us, or it spans
    /// more than a day. Seldom.
    /// </summary>
    public bool IsHeld =>
        Clock.Stamped.Count > 0 || Block.To - Block.From > LongestSpan
        || SampleClock.IsWrong(Instant.FromUnixTimeMilliseconds(Block.To), KnownAt);
}

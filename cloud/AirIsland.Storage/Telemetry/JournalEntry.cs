using AirIsland.Proto.Columns;
using NodaTime;

namespace AirIsland.Storage.Telemetry;

/// <summary>A stored batch as the journal gives it back, in the order in which the cloud learned it.</summary>
public sealed record JournalEntry(
    long Position, BatchKey Key, CatalogueKey Catalogue, BatchContent Content, Instant KnownAt, byte[] Payload, BlockEncoding Encoding);

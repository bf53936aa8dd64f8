using System.Data.Common;
using AirIsland.Proto.Columns;
using AirIsland.Storage.Telemetry.Journal;

namespace AirIsland.Storage.Telemetry.Sealing;

/// <summary>
/// What an edge said it did not take or had to drop: of which tag, between which instants (ms since 1970 UTC), why, and how many samples.
/// It outlives its batch.
/// </summary>
internal sealed record JournalGap(string Tag, long From, long To, string Reason, long Count)
{
    public static IReadOnlyList<JournalGap> Of(DecodedBlock block, TagCatalogue catalogue) =>
    [
        .. from gap in block.Gaps
           from tag in gap.Tags
           where tag < catalogue.Tags.Count
           select new JournalGap(catalogue.Tags[(int)tag].Id.Value, gap.From, gap.To, gap.Reason, (long)gap.Count),
    ];

    public static void Keep(DbConnection journal, string station, long position, IReadOnlyList<JournalGap> gaps)
    {
        foreach (var gap in gaps)
            journal.Run(
                "INSERT INTO gap(station, position, tag, from_ms, to_ms, reason, samples) VALUES ($1, $2, $3, $4, $5, $6, $7)"
                + " ON CONFLICT DO NOTHING",
                station, position, gap.Tag, gap.From, gap.To, gap.Reason, gap.Count);
    }
}

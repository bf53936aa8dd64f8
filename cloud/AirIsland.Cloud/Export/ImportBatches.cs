using AirIsland.Domain.Metering;
using AirIsland.Proto.Columns;
using AirIsland.Storage.Telemetry;
using NodaTime;

namespace AirIsland.Cloud.Export;

/// <summary>
/// Cuts rows into batches: always the same ones of the same file by the same map, so that a number stands for the same bytes when the
/// import comes again. A batch has at most 10,000 points and spans at most 24 h. Rows of a batch are put in order; those of different
/// batches need not be.
/// </summary>
public static class ImportBatches
{
    private const int MaxPoints = 10_000;

    // What spans more stays in the journal as it came, and is never sealed.
    private static readonly Duration MaxSpan = Duration.FromDays(1);

    public static IEnumerable<ImportBatch> Of(IEnumerable<ImportRow> rows, IReadOnlyList<ImportColumn> columns, Func<int, uint> numberOf)
    {
        ArgumentNullException.ThrowIfNull(columns);
        uint[] numbers = [.. Enumerable.Range(0, columns.Count).Select(numberOf)];
        foreach (var chunk in Cut(rows, Math.Max(1, MaxPoints / columns.Count)))
        {
            var ordered = chunk.OrderBy(r => r.At).ToList();
            foreach (var content in new[] { BatchContent.Levels, BatchContent.Registers })
            {
                var builder = new BlockBuilder();
                foreach (var row in ordered)
                {
                    for (var i = 0; i < columns.Count; i++)
                    {
                        if (row.Counts[i] is { } count && content == ContentOf(columns[i]))
                            builder.Add("import", row.At.ToUnixTimeMilliseconds(), numbers[i], count, 0);
                    }
                }
                if (!builder.IsEmpty) yield return new(content, builder.Encode());
            }
        }
    }

    private static IEnumerable<List<ImportRow>> Cut(IEnumerable<ImportRow> rows, int most)
    {
        var chunk = new List<ImportRow>();
        var (first, last) = (Instant.MaxValue, Instant.MinValue);
        foreach (var row in rows)
        {
            (first, last) = (Instant.Min(first, row.At), Instant.Max(last, row.At));
            if (chunk.Count == most || (chunk.Count > 0 && last - first > MaxSpan))
            {
                yield return chunk;
                (chunk, first, last) = ([], row.At, row.At);
            }
            chunk.Add(row);
        }
        if (chunk.Count > 0) yield return chunk;
    }

    private static BatchContent ContentOf(ImportColumn column) =>
        column.Kind == TagKind.Register ? BatchContent.Registers : BatchContent.Levels;
}

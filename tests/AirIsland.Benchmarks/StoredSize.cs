using Microsoft.Data.Sqlite;
using NodaTime;

namespace AirIsland.Benchmarks;

/// <summary>
/// What a day takes on disk when it is sealed: 300 realistic levels, scans within 5 ms of their second, one sample of a hundred missing,
/// a fifth of the tags with a deadband.
/// </summary>
internal sealed record StoredSize(long Points, long LevelFiles, long Journal, double BytesPerPoint)
{
    public static async Task<StoredSize> MeasureAsync(string directory, int seed)
    {
        const long Day = 86_400_000;
        var points = 0L;
        using (var load = new StoreLoad(directory, IngestLoad.Tags, 0))
        {
            var day = new IngestLoad(seed);
            var (first, last) = (0L, 0L);
            while (first == 0 || last < first + Day)
            {
                var block = day.Next(10_000);
                if (first == 0) first = block.From;
                last = block.To;
                points += block.PointCount;
                await await load.AppendAsync(block);
            }
            await load.Store.KeepUpAsync(Instant.FromUnixTimeMilliseconds(last) + Duration.FromDays(1), default);
        }
        var (levels, journal) = (Of(directory, "levels-*"), Of(directory, "journal*"));
        return new(points, levels, journal, Math.Round(levels / (double)points, 3));
    }

    /// <summary>Bytes of the files that a pattern names, their logs folded in.</summary>
    public static long Of(string directory, string pattern)
    {
        foreach (var path in Directory.EnumerateFiles(directory, pattern + ".db"))
        {
            using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            command.ExecuteNonQuery();
        }
        return Directory.EnumerateFiles(directory, pattern).Sum(p => new FileInfo(p).Length);
    }
}

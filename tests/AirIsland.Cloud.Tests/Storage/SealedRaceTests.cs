using AirIsland.Storage.Telemetry;
using AirIsland.Storage.Telemetry.Blocks;
using AirIsland.Storage.Telemetry.Embedded;
using AirIsland.Storage.Telemetry.Journal;
using AirIsland.Storage.Telemetry.Sealing;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using static AirIsland.Cloud.Tests.Storage.Batches;

namespace AirIsland.Cloud.Tests.Storage;

/// <summary>What happens between two steps of a reader or a sealer: each time the worst moment, not whenever luck wants it.</summary>
public sealed class SealedRaceTests : IDisposable
{
    private const string Station = "moushan";
    private static readonly Instant Later = Instant.FromUtc(2026, 11, 23, 0, 0);

    private readonly StoreFiles _files = new();
    private readonly EmbeddedJournal _journal;
    private readonly LevelFiles _levels;
    private readonly HookedPlaces _places;

    public SealedRaceTests()
    {
        _journal = new(new() { Directory = _files.Path }, NullLogger.Instance);
        _levels = new(_files.Path, _journal, NullLogger.Instance);
        _places = new(_levels);
    }

    public void Dispose()
    {
        _levels.Dispose();
        _journal.Dispose();
        _files.Dispose();
    }

    // Its number was given after the reader had opened the journal, and its block was there before the reader opened the month.
    [Fact]
    public async Task A_series_that_is_sealed_for_the_first_time_while_it_is_read_is_read_once()
    {
        await AppendAsync(1, 0);
        await AppendAsync(2, 60);
        _places.BeforeReading = () => SealAsync(_levels, long.MaxValue).GetAwaiter().GetResult();
        var store = new BlockStore(_places, _ => Catalogue, (_, e) => throw e);

        var read = store.Read(Flow, Noon, Noon + Duration.FromHours(1), null).ToList();

        Assert.Equal([0L, 60], read.Select(s => s.Count ?? -1));
    }

    [Fact]
    public async Task Of_two_sealers_the_slower_one_writes_nothing_over_the_faster()
    {
        await AppendAsync(1, 0);
        await AppendAsync(2, 60);
        _places.BeforeWriting = () =>
        {
            AppendAsync(3, 120).GetAwaiter().GetResult();
            AppendAsync(4, 7200).GetAwaiter().GetResult();
            SealAsync(_levels, long.MaxValue).GetAwaiter().GetResult();
        };

        await SealAsync(_places, long.MaxValue);

        var store = new BlockStore(_levels, _ => Catalogue, (_, e) => throw e);
        Assert.Equal([0L, 60, 120], store.Read(Flow, Noon, Noon + Duration.FromHours(1), null).Select(s => s.Count ?? -1));
    }

    [Fact]
    public async Task What_is_not_yet_in_the_fold_of_the_latest_is_sealed_and_not_forgotten()
    {
        for (var n = 1; n <= 4; n++) await AppendAsync((ulong)n, n);

        await SealAsync(_levels, folded: 2);

        Assert.Equal(2, _files.Number("journal.db", "SELECT count(*) FROM batch"));
        Assert.Equal(3, _files.Number("journal.db", "SELECT min(position) FROM batch"));
    }

    // A page asks often, and a journal holds years.
    [Fact]
    public async Task The_stations_of_a_journal_and_their_last_positions_are_found_by_seeks()
    {
        for (var n = 1; n <= 50; n++) await AppendAsync((ulong)n, n);
        using var journal = _levels.Journal();
        using var command = journal.Connection.Command("EXPLAIN QUERY PLAN " + JournalStations.Sql);
        using var rows = command.ExecuteReader();
        var plan = new List<string>();
        while (rows.Read()) plan.Add(rows.GetString(3));

        Assert.DoesNotContain("SCAN b", plan);
        Assert.Contains(plan, p => p.StartsWith("SEARCH b USING COVERING INDEX batch_by_station", StringComparison.Ordinal));
        Assert.Equal([Station], JournalStations.Of(journal.Connection));
        Assert.Equal(50, JournalStations.Last(journal.Connection, Station));
    }

    private static async Task SealAsync(IBlockPlaces places, long folded) =>
        await new Sealer(places, new(places), _ => Catalogue, (_, e) => throw e)
            .SealAsync(Station, NoonMs - 86_400_000, Later.ToUnixTimeMilliseconds(), folded, default);

    private async Task AppendAsync(ulong sequence, int second) =>
        Assert.Equal(AppendStatus.Stored, (await await _journal.AppendAsync(Received(sequence, Flow, second, second), default)).Status);
}

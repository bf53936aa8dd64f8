using System.Collections.Concurrent;
using System.Data.Common;
using System.Runtime.CompilerServices;
using AirIsland.Domain.Metering;
using AirIsland.Domain.Stations;
using AirIsland.Storage.Telemetry.Journal;
using AirIsland.Storage.Telemetry.Sealing;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace AirIsland.Storage.Telemetry.Blocks;

/// <summary>
/// A store of a journal and sealed months, whatever database they are in: questions and upkeep. How batches are appended is the
/// adapter's. A database that cannot be asked is a <see cref="StoreUnavailableException"/>.
/// </summary>
public abstract partial class BlockTelemetryStore : ITelemetryStore, IRegisterEvidence, IStoreUpkeep, IDisposable
{
    private const int MostTold = 1000;

    private readonly SemaphoreSlim _oneAtATime = new(1);
    private readonly TimeSpan _sealAfter;
    private readonly TimeSpan? _keepLevels;
    private readonly ConcurrentDictionary<string, bool> _told = new(StringComparer.Ordinal);
    private readonly ILogger _logger;
    private IBlockPlaces? _places;
    private JournalReads? _reads;
    private BlockStore? _blocks;
    private Sealer? _sealer;
    private Expiry? _expiry;

    private protected BlockTelemetryStore(TimeSpan sealAfter, TimeSpan? keepLevels, ILogger logger) =>
        (_sealAfter, _keepLevels, _logger) = (sealAfter, keepLevels, logger);

    /// <summary>Transactions committed and batches stored by this process since its start.</summary>
    public abstract (long Commits, long Batches) Counters { get; }

    public abstract ValueTask<Task<Appended>> AppendAsync(ReceivedBatch batch, CancellationToken cancellationToken);

    public abstract Task<IReadOnlyList<StoredWatermark>> WatermarksAsync(string edge, ulong epoch, CancellationToken cancellationToken);

    public async Task KeepAsync(TagCatalogue catalogue, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        await Places.InJournalAsync(journal => Keep(journal, catalogue), cancellationToken);
        Reads.Remember(catalogue);
    }

    public ValueTask<TagCatalogue?> CatalogueAsync(CatalogueKey key, CancellationToken cancellationToken) =>
        new(Asked(() => Reads.Catalogue(key)));

    public Task<IReadOnlyList<Tag>> TagsAsync(StationId station, CancellationToken cancellationToken) =>
        Task.FromResult(Asked(() => Reads.Tags(station)));

    public IAsyncEnumerable<Sample> Read(Tag tag, Instant from, Instant to, CancellationToken cancellationToken) =>
        StreamAsync(Blocks.Read(tag, from, to, null), cancellationToken);

    public IAsyncEnumerable<Sample> ReadAsOf(
        Tag register, Instant from, Instant to, Instant knownBy, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(register);
        return register.Kind == TagKind.Register
            ? StreamAsync(Blocks.Read(register, from, to, knownBy), cancellationToken)
            : throw new ArgumentException($"{register.Id} is no register", nameof(register));
    }

    public Task<IReadOnlyList<Sample?>> LatestAsync(IReadOnlyList<Tag> tags, CancellationToken cancellationToken) =>
        Task.FromResult(Asked(() => Blocks.Latest(tags)));

    public Task<IReadOnlyList<Bucket>> BucketsAsync(Tag tag, BucketQuestion question, CancellationToken cancellationToken) =>
        Task.Run(() => Asked(() => Blocks.Buckets(tag, question, cancellationToken)), cancellationToken);

    public Task<IReadOnlyList<BoundaryRead?>> RegistersAtAsync(
        IReadOnlyList<Tag> registers, Instant at, CancellationToken cancellationToken) =>
        Task.FromResult(Asked(() => Blocks.RegistersAt(registers, at, null)));

    public Task<IReadOnlyList<BoundaryRead?>> RegistersAsOfAsync(
        IReadOnlyList<Tag> registers, Instant at, Instant knownBy, CancellationToken cancellationToken) =>
        Task.FromResult(Asked(() => Blocks.RegistersAt(registers, at, knownBy)));

    public Task<Interval?> ExtentAsync(Tag tag, CancellationToken cancellationToken) =>
        Task.FromResult(Asked(() => Blocks.Extent(tag)));

    public IAsyncEnumerable<JournalEntry> Follow(StationId station, long after, CancellationToken cancellationToken) =>
        StreamAsync(Reads.Follow(station, after), cancellationToken);

    public Task<long> TailAsync(StationId station, int entries, CancellationToken cancellationToken) =>
        Task.FromResult(Asked(() => Reads.Tail(station, entries)));

    /// <summary>
    /// Lets go the months that are old enough, and seals the hours of each station that ended long enough ago, by its own newest sample or
    /// now.
    /// </summary>
    public async Task<UpkeepDone> KeepUpAsync(Instant now, CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            using var turn = Places.BeginUpkeep();
            if (turn is null) return default;
            // What comes late for a month that is half let go must not be sealed into what is left of it.
            var (months, samples) = await Task.Run(() => _expiry!.Finish(cancellationToken), cancellationToken);
            var (hours, refused) = await SealAsync(now.ToUnixTimeMilliseconds(), cancellationToken);
            var done = new UpkeepDone(hours) { MonthsExpired = months, SamplesExpired = samples };
            if (_keepLevels is { } kept) done = await ExpireAsync(done, now - Duration.FromTimeSpan(kept), cancellationToken);
            return refused is null ? done : throw refused;
        }
        catch (DbException e)
        {
            throw new StoreUnavailableException(e.Message, e);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public void Dispose()
    {
        Dispose(true);
        _oneAtATime.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>What the adapter opened.</summary>
    protected abstract void Dispose(bool disposing);

    /// <summary>To be called once, when the adapter has opened its database.</summary>
    private protected void Serve(IBlockPlaces places, long mostMerged = 2_000_000)
    {
        _places = places;
        _reads = new(places.Journal);
        _blocks = new(places, _reads.Catalogue, Tell);
        _sealer = new(places, new(places), _reads.Catalogue, Tell) { MostAtOnce = mostMerged };
        _expiry = new(places, Tell);

        // Once each: whoever reads it again and again would say so again and again.
        void Tell(int? month, InvalidDataException e)
        {
            if (_told.Count < MostTold && _told.TryAdd(e.Message, true))
                LogDamaged(month is { } sealedMonth ? places.NameOf(sealedMonth) : "the journal", e.Message);
        }
    }

    /// <summary>Keeps a catalogue and makes it the newest of its edge, in a transaction of the journal.</summary>
    private protected abstract void Keep(DbConnection journal, TagCatalogue catalogue);

    private IBlockPlaces Places => _places ?? throw new InvalidOperationException("not open");

    private JournalReads Reads => _reads ?? throw new InvalidOperationException("not open");

    private BlockStore Blocks => _blocks ?? throw new InvalidOperationException("not open");

    private static T Asked<T>(Func<T> question)
    {
        try
        {
            return question();
        }
        catch (DbException e)
        {
            throw new StoreUnavailableException(e.Message, e);
        }
    }

    private static async IAsyncEnumerable<T> StreamAsync<T>(
        IEnumerable<T> items, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // What follows is not asynchronous: whoever asks in a loop lets others go first.
        await Task.Yield();
        using var enumerator = items.GetEnumerator();
        while (Asked(enumerator.MoveNext))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return enumerator.Current;
        }
    }

    /// <summary>The hours sealed, and why the first station could not be, if one could not. It keeps no other from it.</summary>
    private async Task<(int Hours, StoreUnavailableException? Refused)> SealAsync(long now, CancellationToken cancellationToken)
    {
        List<(string Station, long From, long To)> stations;
        using (var journal = Places.Journal()) stations = JournalLevels.Stations(journal.Connection);
        var done = 0;
        StoreUnavailableException? refused = null;
        foreach (var (station, from, to) in stations)
        {
            try
            {
                // What is forgotten must be in the fold first, and the fold must be kept.
                var folded = await Blocks.LatestOf(station).KeepAsync(Places, cancellationToken);
                var until = Math.Max(to, now) - (long)_sealAfter.TotalMilliseconds;
                done += await _sealer!.SealAsync(station, from, until, folded, cancellationToken);
            }
            catch (Exception e) when (e is DbException or StoreUnavailableException or InvalidDataException)
            {
                refused ??= new($"station '{station}' could not be sealed: {e.Message}", e);
            }
        }
        return (done, refused);
    }

    private async Task<UpkeepDone> ExpireAsync(UpkeepDone done, Instant before, CancellationToken cancellationToken)
    {
        var end = before.ToUnixTimeMilliseconds();
        var (months, samples) = await Task.Run(() => _expiry!.Expire(end, cancellationToken), cancellationToken);
        var held = await _expiry!.ExpireHeldAsync(end, _sealer!.GapsOf, cancellationToken);
        return done with
        {
            MonthsExpired = done.MonthsExpired + months,
            SamplesExpired = done.SamplesExpired + samples,
            HeldExpired = held,
        };
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Place} is damaged and read without what is: {Reason}")]
    private partial void LogDamaged(string place, string reason);
}

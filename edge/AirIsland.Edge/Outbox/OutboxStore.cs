using System.Threading.Channels;
using AirIsland.Edge.Metering;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AirIsland.Edge.Outbox;

/// <summary>
/// Keeps every batch on disk from the moment it is accepted until the cloud has it, and a while longer. A batch gets its place
/// (epoch, lane, number) in the transaction that makes it durable; what kills the process leaves either all of it or nothing.
/// </summary>
public sealed class OutboxStore : BackgroundService, ISourceMarks
{
    public const string FileName = "outbox.db";

    private readonly Channel<Work> _queue;
    private readonly Channel<bool> _changes =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly EdgeStatus _status;
    private readonly SourceMarks _marks;
    private readonly int _backfillPoints;
    private readonly OutboxLock _lock;
    private readonly OutboxOpening _opening;
    private readonly OutboxContents _contents;
    private readonly Committer _committer;
    private readonly OutboxReader _reader;
    private readonly CancellationTokenSource _abandon = new();

    /// <exception cref="OutboxException">The directory is in use, another edge's, or not writable; or no database is in it.</exception>
    public OutboxStore(OutboxOptions options, CatalogueContent catalogue, TimeProvider time, EdgeStatus status, ILogger<OutboxStore> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(catalogue);
        (Catalogue, _status) = (catalogue, status);
        _backfillPoints = options.BackfillPoints;
        try
        {
            _lock = new(options.Directory);
            _opening = new(options, catalogue, time, logger);
            _contents = _opening.Open(Link);
            _marks = new(_contents.LoadMarks());
            _queue = Channel.CreateBounded<Work>(new BoundedChannelOptions(options.Queue) { SingleReader = true });
            var reserve = new OutboxReserve(options.Directory, options.ReserveBytes);
            reserve.Take();
            _committer = new(_contents, reserve, _queue.Reader, status, logger) { Committed = Nudge };
            _reader = new(Path.Combine(options.Directory, FileName));
        }
        catch (Exception e) when
            (e is SqliteException or IOException or UnauthorizedAccessException or OutboxException or OutboxDamagedException)
        {
            _lock?.Dispose();
            throw e as OutboxException ?? new OutboxException(options.Directory, e);
        }
    }

    /// <summary>Whether batches go to the live lane. The uplink sets it.</summary>
    public LinkState Link { get; } = new();

    /// <summary>The catalogue of the site as it is now.</summary>
    public CatalogueContent Catalogue { get; private set; }

    private Task Committing => ExecuteTask ?? Task.CompletedTask;

    /// <summary>As of the last commit.</summary>
    public OutboxState State => _committer.State;

    /// <summary>
    /// Commits what is queued. When <paramref name="cancellationToken"/> comes first, what the disk did not take is lost and logged.
    /// </summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _queue.Writer.TryComplete();
        await using (cancellationToken.Register(_abandon.Cancel)) await Committing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
    }

    /// <summary>Samples at which a batch is full now: as many as are wanted live, or more while the link is down.</summary>
    public int BatchPoints(int live) => Link.IsUp ? live : Math.Max(live, _backfillPoints);

    /// <summary>Queues a batch; completes when there is room for it. It is durable when its receipts are acknowledged.</summary>
    /// <exception cref="ChannelClosedException">The outbox was stopped.</exception>
    public ValueTask AppendAsync(SealedBatch batch, CancellationToken cancellationToken) =>
        _queue.Writer.WriteAsync(new AppendWork(batch, _marks), cancellationToken);

    /// <summary>Takes up the catalogue of the site that is to be. When it completes, batches may name it.</summary>
    public async Task LearnAsync(CatalogueContent catalogue)
    {
        await ChangeAsync((c, s) => c.Learn(s, catalogue));
        Catalogue = catalogue;
    }

    /// <summary>Completes when everything queued before is durable.</summary>
    public Task FlushAsync() => ChangeAsync((_, s) => s);

    public RecentInstants Recent(string key) => _marks.Recent(key);

    /// <summary>The cloud has everything of the lane up to that number.</summary>
    public void Acknowledge(Lane lane, long sequence)
    {
        _committer.Acknowledge(lane, sequence);
        // Wakes the committer; a full queue means that it is awake.
        _queue.Writer.TryWrite(new ChangeWork((_, s) => s));
    }

    /// <summary>Takes down that file and cloud have the same history.</summary>
    public void Agree()
    {
        _committer.Agree();
        _queue.Writer.TryWrite(new ChangeWork((_, s) => s));
    }

    /// <summary>The cloud's watermark is that number; what lies above waits again, also when it was acknowledged before.</summary>
    public Task ResumeAsync(Lane lane, long sequence) => ChangeAsync((c, s) => c.Resume(s, lane, sequence));

    /// <summary>Puts a batch aside that the cloud cannot decode; a gap takes its number.</summary>
    public Task RejectAsync(Lane lane, long sequence, string reason) => ChangeAsync((c, s) => c.Reject(s, lane, sequence, reason));

    /// <summary>Puts a batch aside whose catalogue nobody has; a gap takes its number, under the catalogue in use.</summary>
    public Task UncatalogueAsync(Lane lane, long sequence) => ChangeAsync((c, s) => c.Uncatalogue(s, lane, sequence));

    /// <summary>Puts a gap in the place of a batch whose row is gone.</summary>
    public Task FillAsync(Lane lane, long sequence) => ChangeAsync((c, s) => c.Fill(s, lane, sequence));

    /// <summary>Starts a new epoch: what each lane keeps above <paramref name="cut"/> is numbered from 1 and waits again.</summary>
    public async Task RenewAsync(Func<OutboxState, Lane, long> cut)
    {
        await ChangeAsync((c, s) => c.Renew(s, cut));
        Link.Renewed();
    }

    /// <summary>
    /// A batch that is kept; null when there is none, or it is not what was appended. It will not grow any more. To be called from one
    /// task.
    /// </summary>
    /// <exception cref="OutboxUnreadableException">The disk did not give it.</exception>
    public StoredBatch? Read(Lane lane, long sequence)
    {
        Link.Reads(lane, sequence);
        return Read(() => _reader.Read(State.Epoch, lane, sequence));
    }

    /// <summary>The canonical bytes of a catalogue that batches refer to; null when it is lost. To be called from that task, too.</summary>
    /// <exception cref="OutboxUnreadableException">The disk did not give it.</exception>
    public byte[]? ReadCatalogue(byte[] id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return id.AsSpan().SequenceEqual(Catalogue.Id) ? Catalogue.Canonical : Read(() => _reader.ReadCatalogue(id));
    }

    /// <summary>Completes when something was committed, or nudged, since the last call. To be called from one task.</summary>
    public async ValueTask ChangedAsync(CancellationToken cancellationToken) => await _changes.Reader.ReadAsync(cancellationToken);

    /// <summary>When the last batch was appended (ms since 1970 UTC); null when none is kept.</summary>
    public long? LastAppended() => _reader.Appended(State.Live.Appended, State.Backfill.Appended);

    /// <summary>Completes <see cref="ChangedAsync"/>.</summary>
    public void Nudge() => _changes.Writer.TryWrite(true);

    public override void Dispose()
    {
        _reader.Dispose();
        _contents.Dispose();
        _lock.Dispose();
        _abandon.Dispose();
        base.Dispose();
    }

    /// <summary>Faults, and so stops the host, when a commit fails for another reason than the disk.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await _committer.RunAsync(_abandon.Token);
        }
        catch (Exception e) when (OutboxDamagedException.Says(e))
        {
            _opening.Suspect(e);
            throw;
        }
        finally
        {
            // Nobody reads the queue any more: whoever writes to it, or waits for what is in it, must learn that.
            _queue.Writer.TryComplete();
            _committer.GiveUp();
        }
    }

    private T? Read<T>(Func<T?> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (SqliteException e) when (OutboxDamagedException.Says(e))
        {
            _opening.Suspect(e);
            return null;
        }
        catch (SqliteException e) when (DiskFailure.Is(e))
        {
            _status.ReadFailed();
            throw new OutboxUnreadableException(e);
        }
    }

    private async Task ChangeAsync(Func<OutboxContents, OutboxState, OutboxState> change)
    {
        var work = new ChangeWork(change);
        await _queue.Writer.WriteAsync(work, CancellationToken.None);
        await work.Done;
    }
}

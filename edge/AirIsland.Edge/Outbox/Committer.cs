using System.Threading.Channels;
using AirIsland.Edge.Metering;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace AirIsland.Edge.Outbox;

/// <summary>
/// The one writer: whatever queued up while the commit before ran goes into the next, one fsync for all. A disk that does not take it is
/// tried again until it does; meanwhile the queue fills and the drivers wait. Any other failure surfaces: trying again would not help.
/// </summary>
internal sealed partial class Committer(
    OutboxContents contents, OutboxReserve reserve, ChannelReader<Work> queue, EdgeStatus status, ILogger logger)
{
    private const int MaxGroup = 256;

    private readonly Backoff _disk = new(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(5));
    private readonly Lock _gate = new();
    private readonly Dictionary<Lane, long> _acknowledged = [];
    private readonly List<Work> _group = new(MaxGroup);
    private OutboxState _state = contents.Load();
    private KeyValuePair<Lane, long>[] _taken = [];
    private bool _isDropping, _hasAgreed;

    /// <summary>As of the last commit.</summary>
    public OutboxState State => Volatile.Read(ref _state);

    /// <summary>Called after each commit.</summary>
    public required Action Committed { get; init; }

    /// <summary>
    /// Takes down how far the cloud has a lane; it is made durable with the next commit, and also when the disk takes nothing else.
    /// </summary>
    public void Acknowledge(Lane lane, long sequence)
    {
        lock (_gate) _acknowledged[lane] = Math.Max(sequence, _acknowledged.GetValueOrDefault(lane));
    }

    /// <summary>File and cloud have the same history; durable as acknowledgements are.</summary>
    public void Agree()
    {
        lock (_gate) _hasAgreed = true;
    }

    /// <summary>Commits until the queue ends, or until <paramref name="abandon"/> while the disk takes nothing.</summary>
    public async Task RunAsync(CancellationToken abandon)
    {
        Publish(_state);
        while (await queue.WaitToReadAsync(CancellationToken.None))
        {
            while (_group.Count < MaxGroup && queue.TryRead(out var work)) _group.Add(work);
            if (!await CommitAsync(abandon)) return;
            foreach (var work in _group) work.Committed();
            _group.Clear();
        }
    }

    /// <summary>Tells whoever waits that nothing will be committed any more. To be called when the queue is complete.</summary>
    public void GiveUp()
    {
        while (queue.TryRead(out var work)) _group.Add(work);
        foreach (var work in _group) work.GivenUp();
        if (_group.Count > 0) LogGivenUp(logger, _group.OfType<AppendWork>().Sum(w => w.Points));
        _group.Clear();
    }

    private async ValueTask<bool> CommitAsync(CancellationToken abandon)
    {
        while (true)
        {
            try
            {
                Publish(contents.Commit(State, s => contents.Limit(_group.Aggregate(TakeAcknowledged(s), (t, w) => w.Apply(contents, t)))));
                if (_disk.Recover()) Recovered();
                return true;
            }
            catch (SqliteException e) when (DiskFailure.Is(e))
            {
                if (_disk.Fail($"{e.SqliteErrorCode}")) LogDiskFailed(logger, e.Message, _group.Count);
                SetAcknowledged(makeRoom: e.SqliteErrorCode == SQLitePCL.raw.SQLITE_FULL);
            }
            await _disk.Rest.WaitAsync(abandon).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (abandon.IsCancellationRequested) return false;
        }
    }

    private void Recovered()
    {
        LogDiskRecovered(logger);
        reserve.Take();
    }

    // Draining must not need the space it frees: acknowledgements go in without the group, and on a full disk what they free is given up.
    private void SetAcknowledged(bool makeRoom)
    {
        try
        {
            if (!makeRoom) Publish(contents.Commit(State, TakeAcknowledged));
            else if (HasAcknowledged()) MakeRoom();
            else contents.Checkpoint();
        }
        catch (Exception e) when (e is SqliteException s ? DiskFailure.Is(s) : e is IOException)
        {
            // The disk takes nothing at all. That is known and logged; the next try comes after the rest.
        }
    }

    // The reserve is for this alone, and only when there is something to give up: it is not to be written anew at each try.
    private void MakeRoom()
    {
        reserve.Release();
        Publish(contents.Commit(State, s => contents.MakeRoom(TakeAcknowledged(s))));
        contents.Checkpoint();
        reserve.Take();
    }

    private bool HasAcknowledged()
    {
        lock (_gate) return _acknowledged.Count > 0 || State.KeptBytes > 0;
    }

    private OutboxState TakeAcknowledged(OutboxState state)
    {
        lock (_gate)
        {
            _taken = [.. _acknowledged];
            if (_hasAgreed) state = OutboxContents.Agree(state);
        }
        return _taken.Aggregate(state, (s, a) => contents.Acknowledge(s, a.Key, a.Value));
    }

    private void Publish(OutboxState state)
    {
        lock (_gate)
        {
            // A file that has agreed stays so; taking it down once more changes nothing.
            foreach (var (lane, sequence) in _taken)
            {
                if (_acknowledged.GetValueOrDefault(lane) == sequence) _acknowledged.Remove(lane);
            }
        }
        Volatile.Write(ref _state, state);
        status.Outbox = state.ToStanding();
        if (contents.Dropped > 0)
        {
            status.GaveUp(contents.Dropped);
            if (!_isDropping) LogDropping(logger, contents.Dropped);
        }
        _isDropping = state.Pending > 0 && (_isDropping || contents.Dropped > 0);
        Committed();
    }
}

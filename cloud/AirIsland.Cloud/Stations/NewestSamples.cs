using AirIsland.Domain.Metering;
using AirIsland.Proto.Columns;
using AirIsland.Quantities;
using NodaTime;

namespace AirIsland.Cloud.Stations;

/// <summary>
/// Takes from a block, column by column, the one sample that can be the latest: the newest whose clock is believed, of several at that
/// instant the first. To fold these gives the twin that to fold every sample gives.
/// </summary>
public sealed class NewestSamples : IBlockVisitor
{
    private readonly List<NewestSample> _found;
    private readonly long _latest;
    private long[] _instants = [];
    private bool _isDoubted;

    /// <param name="knownAt">When the cloud learned the block.</param>
    /// <param name="columns">How many are expected.</param>
    public NewestSamples(Instant knownAt, int columns) =>
        (_latest, _found) = (SampleClock.LatestBelieved(knownAt).ToUnixTimeMilliseconds(), new(columns));

    public IReadOnlyList<NewestSample> Found => _found;

    public void Group(string id, ReadOnlySpan<long> instants, BlockStamp? stamp)
    {
        // What was stamped by a clock that was not believed says nothing of now, and is history when it is put right.
        _isDoubted = stamp is not null;
        if (_instants.Length < instants.Length) _instants = new long[instants.Length];
        instants.CopyTo(_instants);
    }

    public void Column(uint tag, ReadOnlySpan<int> rows, ReadOnlySpan<long> counts, ReadOnlySpan<byte> qualities)
    {
        if (_isDoubted) return;
        var newest = -1;
        for (var i = rows.Length - 1; i >= 0; i--)
        {
            var at = _instants[rows[i]];
            if (newest >= 0 && at < _instants[rows[newest]]) break;
            if (at <= _latest && Quality.FromCode(qualities[i]).Reason != QualityReason.Clock) newest = i;
        }
        if (newest >= 0) _found.Add(new(tag, _instants[rows[newest]], counts[newest], qualities[newest]));
    }

    public void Gap(BlockGap gap)
    {
        // Says nothing of now.
    }

    public void ClockFix(BlockClockFix fix)
    {
        // Moves what was, not what is.
    }
}

using AirIsland.Edge.Outbox;
using AirIsland.Edge.Uplink;
using AirIsland.Proto.Columns;

namespace AirIsland.Edge.Tests.Outbox;

/// <summary>What a cloud has after an outbox told it everything, by the same rules as the uplink's, without the wire.</summary>
internal sealed class DrainedCloud
{
    private readonly Dictionary<(ulong Epoch, Lane Lane), (long Sequence, uint Crc)> _watermarks = [];

    public DrainedCloud()
    {
    }

    public DrainedCloud(DrainedCloud other)
    {
        _watermarks = new(other._watermarks);
        Stored.AddRange(other.Stored);
    }

    /// <summary>The first count of each batch.</summary>
    public List<long> Stored { get; } = [];

    public int Gaps { get; private set; }

    public void Store(StoredBatch batch)
    {
        _watermarks[(batch.Epoch, batch.Lane)] = (batch.Sequence, batch.Block.Crc32C);
        var block = BlockReader.Read(batch.Block.Payload, batch.Block.Encoding);
        Stored.AddRange(block.Groups.Select(g => g.Columns[0].Counts[0]));
        Gaps += block.Gaps.Count;
    }

    public async Task DrainAsync(OutboxStore outbox)
    {
        for (var conversation = 0; conversation < 5; conversation++)
        {
            var known = _watermarks.Where(w => w.Key.Epoch == outbox.State.Epoch).ToDictionary(w => w.Key.Lane, w => w.Value);
            var plan = ResumePlan.Of(outbox.State, known, (lane, n) => Crc(outbox.Read(lane, n)));
            if (plan.NewEpochBecause is null)
            {
                outbox.Agree();
                foreach (var (lane, sequence) in plan.From) await DrainAsync(outbox, lane, sequence);
                await outbox.FlushAsync();
                return;
            }
            await outbox.RenewAsync((_, lane) => plan.From[lane]);
        }
        Assert.Fail("outbox and cloud never agreed");
    }

    private async Task DrainAsync(OutboxStore outbox, Lane lane, long sequence)
    {
        if (sequence < outbox.State[lane].Acknowledged) await outbox.ResumeAsync(lane, sequence);
        for (var n = sequence + 1; n <= outbox.State[lane].Appended; n++)
        {
            if (outbox.Read(lane, n) is null) await outbox.FillAsync(lane, n);
            Store(outbox.Read(lane, n) ?? throw new InvalidDataException($"{lane} {n} is missing"));
        }
        outbox.Acknowledge(lane, outbox.State[lane].Appended);
    }

    private static uint? Crc(StoredBatch? batch) =>
        batch is { IsThinned: false, Block: { PointCount: > 0, Crc32C: var crc } } ? crc : null;
}

using AirIsland.Cloud.Tests.Servers;
using AirIsland.Domain.Metering;
using AirIsland.Quantities;
using AirIsland.Storage.Telemetry;
using CsCheck;
using NodaTime;
using static AirIsland.Cloud.Tests.Storage.Batches;

namespace AirIsland.Cloud.Tests.Storage;

public abstract partial class TelemetryStoreContract
{
    /// <summary>A capability: samples of one tag at one instant in two batches are both there. Without it the later batch stands.</summary>
    protected virtual bool KeepsBatchesApart => true;

    [ContractFact]
    public async Task The_latest_of_a_tag_is_its_newest_believed_sample_whatever_came_last()
    {
        Assert.Equal([null, null], await Store.LatestAsync([Flow, Volume], default));
        await AppendAsync(Received(1, Flow, 10, 7));
        await AppendAsync(Received(2, Volume, 0, 5000));
        await AppendAsync(Received(1, Flow, 5, 3, BatchLane.Backfill));
        await AppendAsync(Received(3, Flow, 7200, 99) with { KnownAt = Noon });

        var latest = await Store.LatestAsync([Volume, Flow], default);
        Assert.Equal([(Noon, 5000L), (Noon + Duration.FromSeconds(10), 7)], latest.Select(s => (s!.Value.At, s.Value.Count ?? 0)));
        await AppendAsync(Received(4, Flow, 11, 8));
        Assert.Equal(8, (await Store.LatestAsync([Flow], default))[0]!.Value.Count);
    }

    [ContractFact]
    public async Task Buckets_are_those_of_the_samples_wherever_they_lie()
    {
        // Two hours and a half, a sample every 20 s, in batches that cross the hours; a hole of half an hour.
        var sequence = 0ul;
        for (var second = -1800; second < 7200; second += 600)
        {
            if (second is >= 1800 and < 3600) continue;
            var block = Block(Catalogue, Flow, [.. Enumerable.Range(0, 30).Select(i => (second + (i * 20), second + (i * i)))]);
            await AppendAsync(Received(++sequence, Flow, second + 600, 0) with { Block = block });
        }
        var samples = await ReadAsync(Flow, -3600, 10_000);
        foreach (var method in Enum.GetValues<BucketMethod>())
        {
            foreach (var width in (int[])[90, 3600, 7200])
            {
                var buckets = new List<Interval>();
                for (var start = Noon - Duration.FromSeconds(3600); start < Noon + Duration.FromHours(2); start = buckets[^1].End)
                    buckets.Add(new(start, start + Duration.FromSeconds(width)));
                var question = new BucketQuestion(buckets, method, Duration.FromMinutes(2));
                var fold = new BucketFold(buckets, method, question.LongestHold);
                foreach (var s in samples) fold.Add(s.At.ToUnixTimeMilliseconds(), s.Count ?? 0, s.Quality);

                Assert.Equal(fold.Finish(), await Store.BucketsAsync(Flow, question, default));
            }
        }
    }

    [ContractFact]
    public async Task Every_sample_is_read_back_whatever_hour_lane_and_order_it_came_in() =>
        await Gen.Select(Gen.Int[-9000, 9000], Gen.Int[1, 40], Gen.Int[1, 400], Gen.Bool).Array[1, 12].SampleAsync(
            async batches =>
            {
                var edge = $"edge-{Guid.NewGuid():N}";
                await Store.KeepAsync(TagCatalogue.Of(Batches.Wire(edge)), default);
                var before = await ReadAsync(Flow, -20_000, 40_000);
                var expected = new List<(int Second, int Count)>();
                var sequences = new Dictionary<BatchLane, ulong>();
                foreach (var (from, points, step, isLive) in batches)
                {
                    var lane = isLive ? BatchLane.Live : BatchLane.Backfill;
                    (int, int)[] samples = [.. Enumerable.Range(0, points).Select(i => (from + (i * step), (i * 7) + step))];
                    expected.AddRange(samples);
                    sequences[lane] = sequences.GetValueOrDefault(lane) + 1;
                    var block = Block(Catalogue, Flow, [.. samples.Select(s => (s.Item1, (long)s.Item2))]);
                    await AppendAsync(
                        Received(sequences[lane], Flow, 0, 0, lane, edge) with { Block = block, KnownAt = Noon + Duration.FromDays(1) });
                }
                var read = (await ReadAsync(Flow, -20_000, 40_000)).Select(Place).ToList();
                if (!KeepsBatchesApart)
                {
                    var latest = before.Select(Place).ToDictionary(p => p.Item1, p => p.Item2);
                    foreach (var (second, count) in expected) latest[second] = count;
                    Assert.Equal(latest.OrderBy(p => p.Key).Select(p => (p.Key, p.Value)), read);
                    return;
                }
                foreach (var old in before.Select(Place)) Assert.True(read.Remove(old));
                Assert.Equal(expected.Order(), read.Order());
                Assert.Equal(read.OrderBy(r => r.Item1).Select(r => r.Item1), read.Select(r => r.Item1));
            },
            iter: 12, threads: 1);

    // Two edges were away: what ends later may have begun earlier.
    [ContractFact]
    public async Task Registers_of_batches_that_overlap_are_all_read()
    {
        (int, long)[] around = [.. Enumerable.Range(0, 61).Select(i => (i * 60, 1000L + i))];
        (int, long)[] within = [.. Enumerable.Range(30, 29).Select(i => ((i * 60) + 1, 5000L + i))];
        foreach (var (edge, samples) in new[] { ("edge-1", around), ("edge-2", within) })
        {
            var block = Block(Catalogue, Volume, samples);
            await AppendAsync(
                Received(1, Volume, 0, 0, BatchLane.Backfill, edge) with { Block = block, KnownAt = Noon + Duration.FromHours(2) });
        }

        Assert.Equal(
            around.Concat(within).Select(s => s.Item1).Where(s => s >= 900).Order(),
            (await ReadAsync(Volume, 900, 7200)).Select(s => (int)(s.At - Noon).TotalSeconds));
    }

    [ContractFact]
    public async Task A_register_at_an_instant_is_its_read_or_lies_between_its_neighbours()
    {
        await AppendAsync(Received(1, Volume, 0, 1000));
        await AppendAsync(Received(2, Volume, 86_400 * 3, 4000));

        async Task<BoundaryRead?> AtAsync(int second) =>
            (await Store.RegistersAtAsync([Volume], Noon + Duration.FromSeconds(second), default))[0];
        Assert.Equal(new BoundaryRead(Noon, 1000, Quality.Good), await AtAsync(0));
        var between = await AtAsync(86_400);
        Assert.Equal((2000L, Quality.Uncertain(QualityReason.Substituted)), (between!.Count, between.Quality));
        Assert.Null(await AtAsync(-1));
        Assert.Null(await AtAsync((86_400 * 3) + 1));
    }

    private static (int, int) Place(Sample sample) => ((int)(sample.At - Noon).TotalSeconds, (int)(sample.Count ?? 0));
}

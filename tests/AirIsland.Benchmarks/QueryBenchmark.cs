using System.Globalization;
using AirIsland.Domain.Metering;
using AirIsland.Storage.Telemetry;
using NodaTime;

namespace AirIsland.Benchmarks;

/// <summary>
/// What a month of a station costs to ask, in process, warm: 100 levels once a second for 30 days (259 million points) and 80 registers
/// once a minute. And what a day of 300 realistic levels takes on disk when it is sealed.
/// </summary>
internal static class QueryBenchmark
{
    private const int Seed = 42;
    private const int Levels = 100;
    private const int Meters = 80;
    private const int Rounds = 15;

    public static async Task<int> RunAsync(string[] arguments)
    {
        var days = arguments is ["--days", var given] ? int.Parse(given, CultureInfo.InvariantCulture) : 30;
        var directory = Directory.CreateTempSubdirectory("airisland-query-").FullName;
        try
        {
            var size = await StoredSize.MeasureAsync(Path.Combine(directory, "day"), Seed);
            using var load = new StoreLoad(Path.Combine(directory, "month"), Levels, Meters);
            var from = TimeProvider.System.GetTimestamp();
            var points = await load.FillAsync(days, Seed);
            var filled = TimeProvider.System.GetElapsedTime(from).TotalSeconds;
            var queries = await AskAsync(load, days);
            var figures = new
            {
                seed = Seed,
                points,
                pointsPerSecondAppendedAndSealed = Math.Round(points / filled),
                stored = size,
                monthBytesPerPoint = Math.Round(StoredSize.Of(Path.Combine(directory, "month"), "levels-*") / (double)points, 3),
                queriesMs = queries,
            };
            return Report.Print(
                "query", figures,
                Bar("latest of 100 tags, ms", queries.Latest, 0.5),
                Bar("one hour of one tag, ms", queries.Hour, 1),
                Bar("30-day hourly mean of 10 tags from the index, ms", queries.MeansByIndex, 3),
                Bar("30-day hourly mean of 10 tags decoding every sample, ms", queries.MeansBySample, 300),
                Bar("30-day register difference of 80 meters, ms", queries.Registers, 2),
                Bar("stored bytes/point, index included", size.BytesPerPoint, 0.65));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task<Figures> AskAsync(StoreLoad load, int days)
    {
        var end = StoreLoad.Start + Duration.FromDays(days);
        var middle = StoreLoad.Start + Duration.FromDays(days / 2);
        var tags = load.Levels.Take(10).ToList();
        List<Interval> hours =
        [
            .. Enumerable.Range(0, days * 24)
                .Select(h => new Interval(StoreLoad.Start + Duration.FromHours(h), StoreLoad.Start + Duration.FromHours(h + 1))),
        ];
        // Cut off the index's whole hours: every bucket's samples are decoded.
        List<Interval> shifted = [.. hours.Select(h => new Interval(h.Start + Duration.FromMinutes(30), h.End + Duration.FromMinutes(30)))];
        var hold = Duration.FromMinutes(1);
        return new(
            await MedianAsync(async () => (await load.Store.LatestAsync(load.Levels, default)).Count),
            await MedianAsync(async () =>
            {
                var samples = 0;
                await foreach (var _ in load.Store.Read(tags[3], middle, middle + Duration.FromHours(1), default)) samples++;
                return samples;
            }),
            await MedianAsync(() => MeansAsync(load, tags, new(hours, BucketMethod.StepHold, hold))),
            await MedianAsync(() => MeansAsync(load, tags, new(shifted, BucketMethod.StepHold, hold)), 5),
            await MedianAsync(async () =>
            {
                var before = await load.Store.RegistersAtAsync(load.Registers, StoreLoad.Start, default);
                var after = await load.Store.RegistersAtAsync(load.Registers, end - Duration.FromMinutes(1), default);
                return before.Zip(after, (b, a) => a!.Count - b!.Count).Count(passed => passed > 0);
            }));
    }

    private static async Task<int> MeansAsync(StoreLoad load, List<Tag> tags, BucketQuestion question)
    {
        var all = await Task.WhenAll(tags.Select(tag => load.Store.BucketsAsync(tag, question, default)));
        return all.Sum(buckets => buckets.Count(b => b.Mean is not null));
    }

    private static async Task<double> MedianAsync(Func<Task<int>> ask, int rounds = Rounds)
    {
        var times = new List<double>();
        for (var i = 0; i < rounds + 2; i++)
        {
            var from = TimeProvider.System.GetTimestamp();
            if (await ask() == 0) throw new InvalidOperationException("nothing was found");
            times.Add(TimeProvider.System.GetElapsedTime(from).TotalMilliseconds);
        }
        // The first two warm up.
        return Math.Round(times.Skip(2).Order().ElementAt(rounds / 2), 3);
    }

    private static Bar Bar(string name, double value, double limit) => new(name, value, limit, value <= limit);

    private sealed record Figures(double Latest, double Hour, double MeansByIndex, double MeansBySample, double Registers);
}

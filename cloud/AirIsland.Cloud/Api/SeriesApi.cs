using AirIsland.Cloud.Metering;
using AirIsland.Cloud.Stations;
using AirIsland.Domain.Metering;
using AirIsland.Storage.Telemetry;
using AirIsland.Web.Access;
using NodaTime;

namespace AirIsland.Cloud.Api;

/// <summary>
/// What was measured: <c>/api/v1/stations/{id}/tags</c>, <c>…/latest</c>, <c>…/samples</c>, <c>…/buckets</c> and <c>…/registers</c>. Values
/// are numbers in the tag's unit; <c>time=ms</c> gives instants as ms since 1970 UTC instead of ISO 8601.
/// </summary>
internal static class SeriesApi
{
    /// <summary>Most tags one question may name.</summary>
    private const int MostTags = 500;

    private const int MostBuckets = 200_000;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/stations/{id}/tags", TagsAsync).WithSummary("What is measured at a station: ids, kinds, units, resolutions.");
        api.MapGet("/stations/{id}/latest", LatestAsync).WithSummary("The newest believed sample of tags (tag=…&tag=…; none: all).");
        api.MapGet("/stations/{id}/samples", SamplesAsync).WithSummary("Every sample of a tag in a period, as stored; streamed.");
        api.MapGet("/stations/{id}/buckets", BucketsAsync)
            .WithSummary("Tags in buckets: width=hour|day|month|seconds or tariff=08:00,22:00; method=hold|line|samples; hold=seconds.");
        api.MapGet("/stations/{id}/registers", RegistersAsync)
            .WithSummary("Registers at an instant (at=), interpolated between reads; knownBy= gives what was known then.");
    }

    private static Task<IResult> TagsAsync(
        string id, TwinQueries stations, SeriesQueries queries, IActorSource actors, CancellationToken cancellationToken) =>
        SeriesRequest.AnswerAsync(id, [], (stations, queries, actors), _ => null, (asked, answer) =>
        {
            answer.Array("tags", asked.Tags, tag => answer.Object(() =>
            {
                answer.Text("tag", tag.Id.Value);
                answer.Text("kind", tag.Kind.ToString());
                answer.Text("medium", tag.Medium);
                answer.Text("unit", tag.Unit);
                answer.Number("resolution", tag.Resolution);
                answer.Text("referenceState", tag.State?.Name);
                answer.Text("meterSerial", tag.MeterSerial);
            }));
            return Task.CompletedTask;
        }, cancellationToken);

    private static Task<IResult> LatestAsync(
        string id, string[]? tag, string? time, TwinQueries stations, SeriesQueries queries, IActorSource actors,
        CancellationToken cancellationToken) =>
        SeriesRequest.AnswerAsync(id, tag ?? [], (stations, queries, actors), _ => TooMany(tag), async (asked, answer) =>
        {
            var latest = await queries.LatestAsync(asked.Tags, cancellationToken);
            answer.Array("latest", asked.Tags.Zip(latest), one => answer.Object(() =>
            {
                answer.Text("tag", one.First.Id.Value);
                answer.Sample(one.First, one.Second, asked.Zone, time == "ms");
            }));
        }, cancellationToken);

    private static Task<IResult> SamplesAsync(
        string id, string? tag, string? from, string? to, string? time, TwinQueries stations, SeriesQueries queries, IActorSource actors,
        CancellationToken cancellationToken)
    {
        PeriodText? period = null;
        return SeriesRequest.AnswerAsync(
            id, [tag ?? ""], (stations, queries, actors),
            asked => (period = PeriodText.Read(from, to, asked.Zone)).Period is null ? ApiProblem.Malformed(period) : null,
            async (asked, answer) =>
            {
                answer.Text("tag", asked.Tags[0].Id.Value);
                answer.Text("unit", asked.Tags[0].Unit);
                answer.Text("referenceState", asked.Tags[0].State?.Name);
                answer.Begin("samples");
                await foreach (var sample in queries.Samples(asked.Tags[0], period!.Period!.Value, cancellationToken))
                {
                    answer.Row(asked.Tags[0], sample, asked.Zone, time == "ms");
                    if (answer.IsFull) await answer.FlushAsync(cancellationToken);
                }
                answer.End();
            },
            cancellationToken);
    }

    private static Task<IResult> BucketsAsync(
        [AsParameters] BucketParameters asks, TwinQueries stations, SeriesQueries queries, IActorSource actors,
        CancellationToken cancellationToken)
    {
        BucketQuestion? question = null;
        return SeriesRequest.AnswerAsync(
            asks.Id, asks.Tag ?? [], (stations, queries, actors),
            asked => TooMany(asks.Tag) ?? asks.Read(asked.Zone, out question)
                ?? (asked.Tags.FirstOrDefault(t => t.Kind == TagKind.Register) is { } register
                    ? ApiProblem.Malformed("tag", $"{register.Id} is a register: ask for registers")
                    : null)
                ?? ((long)asked.Tags.Count * question!.Buckets.Count > MostBuckets
                    ? ApiProblem.Malformed("width", $"makes more than {MostBuckets} buckets of all tags together")
                    : null),
            async (asked, answer) =>
            {
                answer.Begin("series");
                // As many at once as there are cores, each written before the next are asked for.
                foreach (var some in asked.Tags.Chunk(Environment.ProcessorCount))
                {
                    var found = await Task.WhenAll(some.Select(t => queries.BucketsAsync(t, question!, cancellationToken)));
                    foreach (var (tag, buckets) in some.Zip(found)) answer.Buckets(tag, buckets, asked.Zone, asks.Time == "ms");
                    await answer.FlushAsync(cancellationToken);
                }
                answer.End();
            },
            cancellationToken);
    }

    private static Task<IResult> RegistersAsync(
        string id, string[]? tag, string? at, string? knownBy, TwinQueries stations, SeriesQueries queries, IActorSource actors,
        CancellationToken cancellationToken)
    {
        var (instant, known) = (default(Instant), (Instant?)null);
        return SeriesRequest.AnswerAsync(
            id, tag ?? [], (stations, queries, actors),
            asked =>
            {
                if (TooMany(tag) is { } problem) return problem;
                if (PeriodText.Moment(at, asked.Zone) is not { } moment) return ApiProblem.Malformed("at", "is no instant");
                instant = moment;
                if (knownBy is not null && (known = PeriodText.Moment(knownBy, asked.Zone)) is null)
                    return ApiProblem.Malformed("knownBy", "is no instant");
                if (known is not null && !queries.KnowsWhen)
                    return ApiProblem.Malformed("knownBy", "this store does not keep what was known when");
                return null;
            },
            async (asked, answer) =>
            {
                var registers = asked.Tags.Where(t => t.Kind == TagKind.Register).ToList();
                var reads = await queries.RegistersAsync(registers, instant, known, cancellationToken);
                answer.Text("at", ApiText.At(instant, asked.Zone));
                answer.Array("registers", registers.Zip(reads), one => answer.Object(() =>
                {
                    answer.Text("tag", one.First.Id.Value);
                    answer.Text("unit", one.First.Unit);
                    answer.Text("referenceState", one.First.State?.Name);
                    answer.Exact("value", one.Second is { } read ? one.First.Value(read.Count) : null);
                    answer.Text("quality", one.Second is { } known ? ApiText.Of(known.Quality) : null);
                }));
            },
            cancellationToken);
    }

    private static IResult? TooMany(string[]? tags) =>
        tags is { Length: > MostTags } ? ApiProblem.Malformed("tag", $"is named more than {MostTags} times") : null;
}

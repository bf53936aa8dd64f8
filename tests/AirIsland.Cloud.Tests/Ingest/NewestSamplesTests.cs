using AirIsland.Cloud.Stations;
using AirIsland.Domain.Metering;
using AirIsland.Domain.Stations;
using AirIsland.Domain.Twin;
using AirIsland.Proto.Columns;
using AirIsland.Quantities;
using CsCheck;
using NodaTime;

namespace AirIsland.Cloud.Tests.Ingest;

public sealed class NewestSamplesTests
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 11, 22, 4, 0);

    private static readonly Station Moushan = new(new("moushan"), "牟山", "Moushan", "Asia/Shanghai")
    {
        Assets =
        [
            new("a0", AssetKind.CustomerDistributionPoint, "", "", "", ""),
            new("a1", AssetKind.CustomerDistributionPoint, "", "", "", ""),
        ],
    };

    private static readonly Tag[] Tags =
    [
        .. Enumerable.Range(0, 3).Select(i => new Tag(
            TagId.Of("moushan", $"a{i}", "VolumeFlowRate"), TagKind.Level, "air", "m3/min", 0.001m) { State = ReferenceState.Normal }),
        new(TagId.Of("moushan", "station", "electrical/Power"), TagKind.Level, "electricity", "kW", 0.1m),
    ];

    private static readonly Quality[] Qualities =
    [
        Quality.Good, Quality.Good, Quality.Good, Quality.Uncertain(QualityReason.Clock), Quality.Bad(QualityReason.Communication),
        Quality.Bad(QualityReason.Clock), Quality.Uncertain(QualityReason.Frozen),
    ];

    // Steps of 0 give several samples of a tag at one instant; 5 minutes lie ahead of what is believed.
    private static readonly Gen<EncodedBlock> Blocks = Gen.Select(
        Gen.Int[0, 2], Gen.OneOf(Gen.Int[0, 2], Gen.Int[0, 200]), Gen.UInt[0, 3], Gen.Int[0, 5000], Gen.Int[0, Qualities.Length - 1])
        .Array[1, 40].Select(Encoded);

    [Fact]
    public void Folding_the_newest_of_each_column_gives_the_twin_that_folding_every_sample_gives() =>
        Blocks.Array[1, 5].Sample(
            blocks =>
            {
                var (whole, newest) = (new StationTwin(new(Moushan)), new StationTwin(new(Moushan)));
                for (var i = 0; i < blocks.Length; i++)
                {
                    whole.Begin(i);
                    newest.Begin(i);
                    Each(blocks[i], (tag, sample) => whole.Apply(tag, sample, Noon));
                    var found = new NewestSamples(Noon, 4);
                    BlockReader.Visit(blocks[i].Payload, blocks[i].Encoding, found);
                    foreach (var n in found.Found)
                        newest.Apply(newest.PlaceOf(Tags[n.Tag]), Tags[n.Tag], Sample(n.At, n.Count, n.Quality), Noon);
                    whole.Derive();
                    newest.Derive();
                }
                var (wanted, got) = (whole.Since(0), newest.Since(0));
                return wanted.Values.SequenceEqual(got.Values) && wanted.At == got.At;
            },
            iter: 5_000);

    private static EncodedBlock Encoded((int Group, int Step, uint Tag, int Count, int Quality)[] samples)
    {
        var (builder, at) = (new BlockBuilder(), new long[3]);
        foreach (var (group, step, tag, count, quality) in samples)
        {
            at[group] += step * 1000L;
            var (code, hasValue) = (Qualities[quality].Code, Qualities[quality].HasValue);
            // The third group was stamped by a clock that was not believed.
            builder.Add($"g{group}", Noon.ToUnixTimeMilliseconds() - 60_000 + at[group], tag, hasValue ? count : null, code,
                group == 2 ? new("boot", 0) : null);
        }
        return builder.Encode();
    }

    private static void Each(EncodedBlock encoded, Action<Tag, Sample> apply)
    {
        foreach (var group in BlockReader.Read(encoded.Payload, encoded.Encoding).Groups.Where(g => g.Stamp is null))
            foreach (var column in group.Columns)
                for (var i = 0; i < column.Rows.Length; i++)
                    apply(Tags[column.Tag], Sample(group.Instants[column.Rows[i]], column.Counts[i], column.Qualities[i]));
    }

    private static Sample Sample(long at, long count, byte code)
    {
        var quality = Quality.FromCode(code);
        return new(Instant.FromUnixTimeMilliseconds(at), quality.HasValue ? count : null, quality);
    }
}

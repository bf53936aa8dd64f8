using AirIsland.Domain.Metering;
using AirIsland.Domain.Stations;
using AirIsland.Domain.Twin;
using AirIsland.Quantities;
using CsCheck;
using NodaTime;

namespace AirIsland.Domain.Tests.Twin;

public sealed class StationTwinTests
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 11, 22, 4, 0);
    private static readonly Station Moushan = new(new("moushan"), "牟山", "Moushan", "Asia/Shanghai")
    {
        Assets =
        [
            new("lifode", AssetKind.CustomerDistributionPoint, "利佛德", "Lifode", "", ""),
            new("songyuan", AssetKind.CustomerDistributionPoint, "松原", "Songyuan", "", ""),
        ],
    };

    private static readonly Tag Lifode = Flow("lifode", ReferenceState.Normal);
    private static readonly Tag Songyuan = Flow("songyuan", ReferenceState.Fad);
    private static readonly Tag Power = new(TagId.Parse("moushan/station/electrical/Power"), TagKind.Level, "electricity", "kW", 0.1m);

    [Fact]
    public void Latest_is_the_newest_by_its_own_time_not_by_arrival()
    {
        var twin = new StationTwin(new TwinDerivation(Moushan));
        twin.Apply(Lifode, Sample(10, 2000), Noon);
        twin.Apply(Lifode, Sample(5, 1000), Noon);

        Assert.Equal(2m, Assert.Single(twin.Since(0).Values).Value);
    }

    [Fact]
    public void A_clock_far_ahead_moves_nothing()
    {
        var twin = new StationTwin(new TwinDerivation(Moushan));
        twin.Apply(Lifode, Sample(0, 1000), Noon);
        twin.Apply(Lifode, Sample(3600, 9000), Noon);

        Assert.Equal(1m, Assert.Single(twin.Since(0).Values).Value);
    }

    [Fact]
    public void A_bad_sample_shows_as_missing_never_as_a_number()
    {
        var twin = new StationTwin(new TwinDerivation(Moushan));
        twin.Apply(Lifode, Sample(0, 1000), Noon);
        twin.Apply(Lifode, new(Noon + Duration.FromSeconds(1), null, Quality.Bad(QualityReason.Communication)), Noon);

        Assert.Null(Assert.Single(twin.Since(0).Values).Value);
    }

    [Fact]
    public void A_watcher_gets_only_what_changed()
    {
        var twin = new StationTwin(new TwinDerivation(Moushan));
        twin.Begin(1);
        twin.Apply(Lifode, Sample(0, 1000), Noon);
        twin.Apply(Power, Sample(0, 500), Noon);
        var version = twin.Since(0).Version;
        twin.Begin(2);
        twin.Apply(Power, Sample(1, 501), Noon);

        Assert.Equal(Power.Id, Assert.Single(twin.Since(version).Values).Tag);
        Assert.Empty(twin.Since(twin.Since(0).Version).Values);
    }

    [Fact]
    public void Ratio_of_the_moment_is_power_over_the_sum_of_flows_at_normal_state()
    {
        var twin = new StationTwin(new TwinDerivation(Moushan));
        twin.Apply(Lifode, Sample(0, 20_000), Noon);
        twin.Apply(Songyuan, Sample(0, 20_000), Noon);
        twin.Apply(Power, Sample(0, 2500), Noon);
        twin.Derive();

        Assert.Equal(38.392m, Value(twin, "moushan/station/derived/VolumeFlowRate"));
        Assert.Equal(0.10853m, Value(twin, "moushan/station/derived/SpecificEnergy"));
    }

    [Fact]
    public void Total_flow_is_in_the_meters_own_state_when_they_share_one()
    {
        var twin = new StationTwin(new TwinDerivation(Moushan));
        twin.Apply(Flow("lifode", ReferenceState.Standard20), Sample(0, 1_200), Noon);
        twin.Apply(Flow("songyuan", ReferenceState.Standard20), Sample(0, 21_800), Noon);
        twin.Derive();

        var total = twin.Since(0).Values.Single(v => v.Tag.Value == "moushan/station/derived/VolumeFlowRate");
        Assert.Equal((23m, "Standard20", "m3/min"), (total.Value, total.State, total.Unit));
    }

    [Fact]
    public void A_derived_value_is_as_old_as_its_oldest_input_and_bad_when_they_are_not_of_one_moment()
    {
        var twin = new StationTwin(new TwinDerivation(Moushan));
        twin.Apply(Lifode, Sample(0, 1000), Noon);
        twin.Apply(Songyuan, Sample(30, 1000), Noon);
        twin.Derive();
        var fresh = twin.Since(0).Values.Single(v => v.Tag.Value.Contains("derived", StringComparison.Ordinal));
        twin.Apply(Songyuan, Sample(7200, 1000), Noon + Duration.FromHours(3));
        twin.Derive();
        var stale = twin.Since(0).Values.Single(v => v.Tag.Value.Contains("derived", StringComparison.Ordinal));

        Assert.Equal((Noon, QualityLevel.Good), (fresh.At, fresh.Quality.Level));
        Assert.Equal((null, QualityLevel.Bad), (stale.Value, stale.Quality.Level));
    }

    [Fact]
    public void Derived_values_are_missing_while_an_input_is()
    {
        var twin = new StationTwin(new TwinDerivation(Moushan));
        twin.Apply(Lifode, Sample(0, 20_000), Noon);
        twin.Apply(Power, Sample(0, 2500), Noon);
        twin.Derive();
        Assert.DoesNotContain(twin.Since(0).Values, v => v.Tag.Value.Contains("derived", StringComparison.Ordinal));

        twin.Apply(Songyuan, new(Noon, null, Quality.Bad(QualityReason.Communication)), Noon);
        twin.Derive();
        Assert.Null(Value(twin, "moushan/station/derived/VolumeFlowRate"));
    }

    [Fact]
    public void Folding_in_any_split_gives_the_same_twin() =>
        Gen.Select(Gen.Select(Gen.Int[0, 100], Gen.Int[0, 5000]).Array[1, 30], Gen.Int[1, 10]).Sample((samples, size) =>
        {
            var (whole, split) = (new StationTwin(new TwinDerivation(Moushan)), new StationTwin(new TwinDerivation(Moushan)));
            foreach (var (second, count) in samples) whole.Apply(Lifode, Sample(second, count), Noon);
            whole.Derive();
            foreach (var chunk in samples.Chunk(size))
            {
                foreach (var (second, count) in chunk) split.Apply(Lifode, Sample(second, count), Noon);
                split.Derive();
            }
            return whole.Since(0).Values.SequenceEqual(split.Since(0).Values);
        });

    private static decimal? Value(StationTwin twin, string tag) => twin.Since(0).Values.Single(v => v.Tag.Value == tag).Value;

    private static Tag Flow(string asset, ReferenceState state) =>
        new(TagId.Of("moushan", asset, "VolumeFlowRate"), TagKind.Level, "air", "m3/min", 0.001m) { State = state };

    private static Sample Sample(int second, long count) => new(Noon + Duration.FromSeconds(second), count, Quality.Good);
}

using AirIsland.Domain.Leak;
using AirIsland.Domain.Metering;
using AirIsland.Domain.Stations;
using AirIsland.Quantities;
using NodaTime;

namespace AirIsland.Domain.Tests.Leak;

public sealed class NightMinimumTests
{
    private static readonly DateTimeZone Shanghai = DateTimeZoneProviders.Tzdb["Asia/Shanghai"];
    private static readonly Instant HalfPastFive = Instant.FromUtc(2026, 11, 21, 21, 30);
    private static readonly IdleWindow Night = new(new LocalTime(22, 0), new LocalTime(6, 0));
    private static readonly Tag Flow = new(TagId.Parse("moushan/lifode/VolumeFlowRate"), TagKind.Level, "air", "m3/min", 0.001m)
    {
        State = ReferenceState.Normal,
    };

    [Fact]
    public void Leak_is_what_flows_in_the_idle_hours()
    {
        var estimate = Estimate(Minutes(60, minute => minute < 30 ? 1.2 : 21), Night);

        Assert.Equal(1.2, estimate.Flow?.CubicMetresPerMinute ?? 0, 0.01);
        Assert.Equal(30, estimate.Minutes);
        Assert.Equal(HalfPastFive, estimate.Seen?.Start);
    }

    [Fact]
    public void Leak_is_told_at_the_asked_reference_state()
    {
        var fad = Flow with { State = ReferenceState.Fad };

        var estimate = new NightMinimum(Shanghai, ReferenceState.Normal).Estimate(new("lifode"), fad, Minutes(30, _ => 1), [Night]);

        Assert.Equal(0.9196, estimate.Flow?.CubicMetresPerMinute ?? 0, 0.01);
    }

    [Fact]
    public void A_company_without_idle_hours_is_unknown() => Assert.NotNull(Estimate(Minutes(60, _ => 1)).Unknown);

    [Fact]
    public void Too_few_idle_minutes_are_unknown() => Assert.NotNull(Estimate(Minutes(10, _ => 1), Night).Unknown);

    [Fact]
    public void A_frozen_meter_is_no_leak()
    {
        var frozen = Minutes(30, _ => 1).Select(s => s with { Count = 1234 });

        Assert.Contains("frozen", Estimate(frozen, Night).Unknown, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tight_company_that_reads_zero_leaks_nothing() =>
        Assert.Equal(0, Estimate(Minutes(30, _ => 0).Select(s => s with { Count = 0 }), Night).Flow?.CubicMetresPerMinute);

    [Fact]
    public void Only_good_samples_count()
    {
        var doubtful = Minutes(30, _ => 1).Select(s => s with { Quality = Quality.Uncertain(QualityReason.Frozen) });

        Assert.NotNull(Estimate(doubtful, Night).Unknown);
    }

    [Theory]
    [InlineData(23, 0, true)]
    [InlineData(5, 59, true)]
    [InlineData(6, 0, false)]
    [InlineData(21, 59, false)]
    public void Idle_hours_may_cross_midnight(int hour, int minute, bool idle) =>
        Assert.Equal(idle, Night.Contains(new LocalTime(hour, minute)));

    private static LeakEstimate Estimate(IEnumerable<Sample> samples, params IdleWindow[] idle) =>
        new NightMinimum(Shanghai, ReferenceState.Normal).Estimate(new CompanyId("lifode"), Flow, samples, idle);

    /// <summary>One sample every ten seconds from 05:30 on, with a little noise, as a living meter has.</summary>
    private static IEnumerable<Sample> Minutes(int minutes, Func<int, double> flow) =>
        from i in Enumerable.Range(0, minutes * 6)
        select new Sample(HalfPastFive + Duration.FromSeconds(10 * i), (long)(flow(i / 6) * 1000) + (i % 3) - 1, Quality.Good);
}

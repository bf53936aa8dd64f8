using System.Text.Json;
using System.Text.Json.Serialization;
using AirIsland.Simulators.Physics.Consumers;
using CsCheck;
using Microsoft.Extensions.Configuration;

namespace AirIsland.Simulators.Tests.Physics.Consumers;

public sealed class ConsumerTests
{
    [Fact]
    public void The_same_instant_has_the_same_demand_however_it_is_stepped() =>
        Gen.Select(Gen.ULong[1, 1000], Gen.Double[-1e6, 4e7].Array[1, 20]).Sample((seed, instants) =>
        {
            var wandering = Companies.Of(Companies.Rich, seed);
            foreach (var instant in instants)
                Assert.Equal(Companies.Of(Companies.Rich, seed).At(instant), wandering.At(instant));
        }, iter: 20);

    [Fact]
    public void Within_a_day_back_and_forth_and_half_seconds_make_no_difference()
    {
        var walking = Companies.Of(Companies.Rich);
        var jumping = Companies.Of(Companies.Rich);
        var random = new Random(4);
        var walked = new Dictionary<int, AirDemand>();
        for (var half = 0; half < 4 * 86_400; half++) walked[half] = walking.At(half / 2.0);
        for (var i = 0; i < 20_000; i++)
        {
            var half = random.Next(4 * 86_400);
            Assert.Equal(walked[half], jumping.At(half / 2.0));
        }
    }

    [Fact]
    public void The_same_instant_has_the_same_demand_wherever_the_station_starts()
    {
        var spec = Companies.Rich with { GrowthPerYear = 0 };
        var later = new Consumer(spec, Companies.From(2025, 3, 1), 1);
        Assert.Equal(Companies.Of(spec).At(59 * Companies.Day + 30_000), later.At(30_000));
    }

    [Fact]
    public void What_is_summed_ahead_is_what_is_taken()
    {
        var spec = Companies.Rich with { MinuteVariation = 0 };
        var consumer = Companies.Of(spec);
        Assert.Equal(1, Companies.VolumeOf(consumer, 0, 365) / consumer.YearlyM3, 9);
        Assert.Equal(1, consumer.Scale);
    }

    [Theory]
    [InlineData(6, 7, 0)]
    [InlineData(6, 9, 6)]
    [InlineData(6, 19, 0)]
    [InlineData(7, 7, 0)]
    [InlineData(7, 9, 12)]
    [InlineData(7, 19, 6)]
    public void A_machine_may_have_hours_of_its_own_on_every_day_or_not(int dayOfJune, double hour, double m3PerMin)
    {
        // The 6th is a Saturday, the 7th a Sunday, on which alone the company works.
        var spec = Companies.Plain with
        {
            Holidays = HolidayPolicy.None,
            Shifts = [new() { FromHour = 8, ToHour = 16, Days = [DayOfWeek.Sunday] }],
            Machines =
            [
                Companies.Plain.Machines[0],
                Companies.Plain.Machines[1] with
                {
                    Shifts =
                    [
                        new() { FromHour = 8, ToHour = 16, Daily = true }, new() { FromHour = 18, ToHour = 20, Days = [DayOfWeek.Sunday] },
                    ],
                },
            ],
        };
        var calendar = Companies.From(2026, 6, 1);

        Assert.Equal(m3PerMin, Companies.FlowAt(new(spec, calendar, 1), calendar, new(2026, 6, dayOfJune), hour), 9);
    }

    [Fact]
    public void A_yearly_volume_scales_every_flow()
    {
        var consumer = Companies.Of(Companies.Rich with { YearlyM3 = 1_000_000 });
        var plain = Companies.Of(Companies.Rich);

        Assert.Equal(1_000_000, consumer.YearlyM3, 3);
        Assert.Equal(1_000_000 / plain.YearlyM3, consumer.Scale, 12);
        var (scaled, asIs) = (consumer.At(40_000), plain.At(40_000));
        Assert.Equal(consumer.Scale * asIs.RegulatedKgPerS, scaled.RegulatedKgPerS, 12);
        Assert.Equal(consumer.Scale * asIs.UnregulatedKgPerS, scaled.UnregulatedKgPerS, 12);
    }

    [Fact]
    public void Machines_run_in_their_shift_only()
    {
        var date = new DateOnly(2025, 1, 6);
        var consumer = Companies.Of(Companies.Plain);
        double At(double hour) => Companies.FlowAt(consumer, Companies.Year2025, date, hour);

        Assert.Equal(0, At(7.999));
        Assert.Equal(12, At(8), 9);
        Assert.Equal(12, At(15.999), 9);
        Assert.Equal(0, At(16));
        Assert.Equal(0.1 * Consumer.KgPerM3, consumer.At(5 * Companies.Day + 36_000).RegulatedKgPerS, 12);
    }

    [Fact]
    public void A_shift_over_midnight_belongs_to_the_day_on_which_it_begins()
    {
        var night = Companies.Plain with { Shifts = [new() { FromHour = 22, ToHour = 6, Days = [DayOfWeek.Friday] }] };
        var consumer = Companies.Of(night);

        Assert.Equal(12, Companies.FlowAt(consumer, Companies.Year2025, new(2025, 3, 7), 23), 9);
        Assert.Equal(12, Companies.FlowAt(consumer, Companies.Year2025, new(2025, 3, 8), 5.9), 9);
        Assert.Equal(0, Companies.FlowAt(consumer, Companies.Year2025, new(2025, 3, 8), 6));
        Assert.Equal(0, Companies.FlowAt(consumer, Companies.Year2025, new(2025, 3, 7), 5));
    }

    [Fact]
    public void A_machine_warms_up_then_cycles()
    {
        var machine = new MachineSpec
        {
            Name = "m",
            FlowM3PerMin = 10,
            Duty = 0.25,
            CycleSeconds = 40,
            IdleShare = 0.1,
            WarmUpMinutes = 10,
            WarmUpShare = 0.5,
        };
        var consumer = Companies.Of(Companies.Plain with { Machines = [machine] });
        double At(int second) => Companies.FlowAt(consumer, Companies.Year2025, new(2025, 1, 6), 8 + second / 3600.0);

        Assert.Equal(5, At(0), 9);
        Assert.Equal(5, At(599), 9);
        Assert.Equal(10, At(600), 9);
        Assert.Equal(10, At(609), 9);
        Assert.Equal(1, At(610), 9);
        Assert.Equal(1, At(639), 9);
        Assert.Equal(10, At(640), 9);
    }

    [Theory]
    [InlineData("2025-10-01", 0, 0, 12)]
    [InlineData("2025-10-07", 12, 0, 12)]
    [InlineData("2025-09-28", 0, 12, 0)]
    [InlineData("2025-10-11", 0, 12, 0)]
    [InlineData("2025-10-12", 0, 0, 0)]
    [InlineData("2025-10-09", 12, 12, 12)]
    public void Holidays_and_make_up_days_follow_the_policy(string date, double statutory, double noticed, double none)
    {
        double Flow(HolidayPolicy policy) => Companies.FlowAt(
            Companies.Of(Companies.Plain with { Holidays = policy }), Companies.Year2025, DateOnly.Parse(date, null), 10);

        Assert.Equal(statutory, Flow(HolidayPolicy.Statutory), 9);
        Assert.Equal(noticed, Flow(HolidayPolicy.AsNoticed), 9);
        Assert.Equal(none, Flow(HolidayPolicy.None), 9);
    }

    [Fact]
    public void A_shutdown_stops_the_machines_but_not_what_is_always_open()
    {
        var consumer = Companies.Of(Companies.Plain with
        {
            IdleM3PerMin = 0.5,
            Shutdowns = [new() { First = new(2025, 8, 4), Last = new(2025, 8, 5) }],
        });
        double Flow(int day) => Companies.FlowAt(consumer, Companies.Year2025, new(2025, 8, day), 10);

        Assert.Equal(12.5, Flow(1), 9);
        Assert.Equal(0.5, Flow(4), 9);
        Assert.Equal(0.5, Flow(5), 9);
        Assert.Equal(12.5, Flow(6), 9);
    }

    [Fact]
    public void A_new_customer_takes_nothing_before_and_nothing_after()
    {
        var consumer = Companies.Of(Companies.Plain with
        {
            IdleM3PerMin = 0.5,
            FirstDay = new(2025, 5, 6),
            LastDay = new(2025, 6, 3),
            YearlyM3 = 1_000_000,
        });
        double Flow(int month, int day) => Companies.FlowAt(consumer, Companies.Year2025, new(2025, month, day), 10);

        Assert.Equal(0, Flow(4, 30));
        Assert.Equal(0, Companies.FlowAt(consumer, Companies.Year2025, new(2025, 5, 5), 23.999));
        Assert.Equal(12.5 * consumer.Scale, Flow(5, 6), 9);
        Assert.Equal(12.5 * consumer.Scale, Flow(6, 3), 9);
        Assert.Equal(0, Flow(6, 4));
        Assert.Equal(1_000_000, consumer.YearlyM3, 3);
    }

    [Fact]
    public void Growth_and_season_change_the_machines()
    {
        var consumer = Companies.Of(Companies.Plain with
        {
            GrowthPerYear = 0.1,
            MonthFactors = [1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 1, 1],
        });
        double Flow(int year, int month, int day) => Companies.FlowAt(consumer, Companies.Year2025, new(year, month, day), 10);

        Assert.Equal(1.1, Flow(2026, 3, 16) / Flow(2025, 3, 17), 3);
        Assert.Equal(2, Flow(2025, 7, 1) / Flow(2025, 6, 30), 2);
    }

    [Fact]
    public void Asking_for_the_demand_allocates_nothing_also_over_midnights()
    {
        var consumer = Companies.Of(Companies.Rich);
        consumer.At(0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10_000; i++)
        {
            consumer.At(i * 100.0);
            consumer.Take(650_000);
        }
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void A_description_survives_json_and_binds_from_settings()
    {
        var options = new JsonSerializerOptions { Converters = { new JsonStringEnumConverter() } };
        var json = JsonSerializer.Serialize(Companies.Rich, options);
        var read = JsonSerializer.Deserialize<ConsumerSpec>(json, options);
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(json));
        var bound = new ConfigurationBuilder().AddJsonStream(stream).Build().Get<ConsumerSpec>();

        var instant = 100.4 * Companies.Day;
        Assert.NotNull(read);
        Assert.NotNull(bound);
        Assert.Equal(Companies.Of(Companies.Rich).At(instant), Companies.Of(read).At(instant));
        Assert.Equal(Companies.Of(Companies.Rich).At(instant), Companies.Of(bound).At(instant));
        Assert.Equal(Companies.Of(Companies.Rich).YearlyM3, Companies.Of(bound).YearlyM3);
    }

    [Fact]
    public void A_description_that_contradicts_itself_is_refused_by_name()
    {
        var wrong = Companies.Plain with { Machines = [new() { Name = "press", Duty = 1.5 }] };
        Assert.Contains("press", Assert.Throws<ArgumentException>(() => Companies.Of(wrong)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Companies.Of(Companies.Plain with { StarvingPa = 90_000 }));
        Assert.Throws<ArgumentException>(() => Companies.Of(Companies.Plain with { MonthFactors = [1] }));
    }
}

using AirIsland.Simulators.Physics.Calendar;
using AirIsland.Simulators.Physics.Climate;
using CsCheck;

namespace AirIsland.Simulators.Tests.Physics.Climate;

public sealed class ClimateTrackTests
{
    private const double Day = 86_400;
    private const int Seeds = 20;

    // What 20 years of weather by chance leave of a monthly mean: 3.5 K and 3 days' memory make 1.4 K a year, 0.3 K over 20.
    private const double KelvinTolerance = 1.0;
    private const double HumidityTolerance = 0.03;
    private const double PaTolerance = 160;

    private static readonly SiteClimate Ningbo = SiteClimate.Ningbo;
    private static readonly StationCalendar Year2025 = StationCalendar.InChina(new(2025, 1, 1, 0, 0, 0, StationCalendar.ChinaOffset));

    [Fact]
    public void The_same_instant_has_the_same_weather_however_it_is_stepped() =>
        Gen.Select(Gen.ULong, Gen.Double[-1e6, 4e7].Array[1, 30]).Sample((seed, instants) =>
        {
            var wandering = Track(seed);
            foreach (var instant in instants) Assert.Equal(Track(seed).At(instant), wandering.At(instant));
        }, iter: 20);

    [Fact]
    public void Small_steps_and_large_steps_meet_in_the_same_weather()
    {
        var (small, large) = (Track(7), Track(7));
        for (var second = 0; second < 3 * (int)Day; second++)
        {
            var air = small.At(second);
            if (second % 3607 == 0) Assert.Equal(air, large.At(second));
        }
    }

    [Fact]
    public void The_same_instant_has_the_same_weather_wherever_the_station_starts()
    {
        var later = new ClimateTrack(Ningbo, StationCalendar.InChina(new(2025, 3, 1, 0, 0, 0, StationCalendar.ChinaOffset)), 3);
        Assert.Equal(Track(3).At(59 * Day + 12_345), later.At(12_345));
    }

    [Fact]
    public void Air_is_never_more_than_saturated_and_the_wet_bulb_never_above_the_dry()
    {
        for (var seed = 1UL; seed <= 3; seed++)
        {
            var track = Track(seed);
            for (var second = 0.0; second < 365 * Day; second += 601)
            {
                var air = track.At(second);
                Assert.InRange(air.RelativeHumidity, 0.05, 1);
                Assert.InRange(air.WetBulbKelvin, 250, air.Kelvin);
                Assert.InRange(air.Kelvin, 273.15 - 12, 273.15 + 43);
                Assert.InRange(air.Pa, 97_500, 105_500);
            }
        }
    }

    [Fact]
    public void Monthly_means_are_those_of_the_place()
    {
        var months = Enumerable.Range(0, 12).Select(_ => new List<OutdoorAir>()).ToList();
        for (var seed = 1UL; seed <= Seeds; seed++)
        {
            var track = Track(seed);
            for (var second = 0.0; second < 365 * Day; second += 3600)
                months[Year2025.At(second).Date.Month - 1].Add(track.At(second));
        }
        for (var month = 0; month < 12; month++)
        {
            var pa = months[month].Average(a => a.Pa) / MoistAir.BarometricRatio(Ningbo.AltitudeM);
            Assert.Equal(Ningbo.MeanCelsius[month], months[month].Average(a => a.Kelvin) - 273.15, KelvinTolerance);
            Assert.Equal(Ningbo.RelativeHumidity[month], months[month].Average(a => a.RelativeHumidity), HumidityTolerance);
            Assert.Equal(Ningbo.SeaLevelPa[month], pa, PaTolerance);
        }
    }

    [Fact]
    public void The_warmest_and_driest_hour_is_early_in_the_afternoon()
    {
        var track = Track(1);
        double Mean(int quarter, Func<OutdoorAir, double> value) =>
            Enumerable.Range(0, 365).Average(day => value(track.At(day * Day + quarter * 900)));

        Assert.InRange(Enumerable.Range(0, 96).MaxBy(q => Mean(q, a => a.Kelvin)) / 4.0, 14, 15);
        Assert.InRange(Enumerable.Range(0, 96).MinBy(q => Mean(q, a => a.RelativeHumidity)) / 4.0, 13.5, 15.5);
    }

    [Fact]
    public void A_day_remembers_the_day_before()
    {
        var track = Track(11);
        var curve = new AnnualCurve(Ningbo.MeanCelsius);
        var noons = Enumerable.Range(0, 3 * 365)
            .Select(d => track.At((d + 0.5) * Day).Kelvin - 273.15 - curve.On(Year2025.StartDayNumber + d)).ToList();
        var mean = noons.Average();
        var variance = noons.Average(x => (x - mean) * (x - mean));
        var lagged = noons.Zip(noons.Skip(1), (a, b) => (a - mean) * (b - mean)).Average();

        Assert.InRange(lagged / variance, 0.45, 0.8);
    }

    [Fact]
    public void Weather_moves_without_jumps_also_at_midnight_and_noon()
    {
        var track = Track(5);
        for (var minute = 0; minute < 20 * 1440; minute++)
        {
            var (a, b) = (track.At(minute * 60 - 0.5), track.At(minute * 60 + 0.5));
            Assert.True(Math.Abs(a.Kelvin - b.Kelvin) < 0.005 && Math.Abs(a.Pa - b.Pa) < 1, $"minute {minute}");
        }
    }

    [Fact]
    public void A_year_by_day_has_the_monthly_means_exactly()
    {
        var curve = new AnnualCurve(Ningbo.MeanCelsius);
        for (var month = 1; month <= 12; month++)
        {
            var days = Enumerable.Range(1, DateTime.DaysInMonth(2025, month)).Select(d => curve.On(new DateOnly(2025, month, d).DayNumber));
            Assert.Equal(Ningbo.MeanCelsius[month - 1], days.Average(), 6);
        }
        Assert.Equal(curve.On(new DateOnly(2024, 2, 28).DayNumber), curve.On(new DateOnly(2024, 2, 29).DayNumber));
    }

    [Fact]
    public void Weather_allocates_nothing()
    {
        var track = Track(1);
        track.At(0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10_000; i++) track.At(i * 60.0);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static ClimateTrack Track(ulong seed) => new(Ningbo, Year2025, seed);
}

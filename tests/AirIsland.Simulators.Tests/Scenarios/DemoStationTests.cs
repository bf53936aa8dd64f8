using AirIsland.Simulators.Devices;
using AirIsland.Simulators.Physics;
using AirIsland.Simulators.Stations;
using AirIsland.Simulators.Tests.Devices;

namespace AirIsland.Simulators.Tests.Scenarios;

/// <summary>What the demo promises of its station.</summary>
public sealed class DemoStationTests
{
    [Theory]
    [InlineData(8, 0, 21, 25)]
    [InlineData(13, 50, 21, 25)]
    [InlineData(17, 35, 21, 17)]
    [InlineData(18, 10, 12.5, 25)]
    [InlineData(23, 0, 0, 22)]
    [InlineData(2, 10, 0, 17)]
    [InlineData(4, 0, 0, 22)]
    public void Demand_follows_the_shifts_and_their_breaks(int hour, int minute, double lifode, double songyuan)
    {
        var happened = Happened(Demo.At(hour, minute), TimeSpan.FromMinutes(15));

        Assert.Equal(lifode, Demo.M3(happened.Branch("lifode").UsedKg) / 15, 0.03 * lifode);
        Assert.Equal(songyuan, Demo.M3(happened.Branch("songyuan").UsedKg) / 15, 0.03 * songyuan);
    }

    [Theory]
    [InlineData(2026, 2, 17)]
    [InlineData(2026, 10, 4)]
    [InlineData(2026, 11, 21)]
    public void Every_day_is_a_working_day(int year, int month, int day)
    {
        var station = Demo.From(new(year, month, day, 9, 0, 0, TimeSpan.FromHours(8)));
        var happened = Happened(station, TimeSpan.FromMinutes(10));

        Assert.InRange(Demo.M3(happened.Branch("lifode").UsedKg) / 10, 20, 22);
        Assert.InRange(Demo.M3(happened.Branch("songyuan").UsedKg) / 10, 24, 26);
    }

    [Fact]
    public void The_meter_of_Lifode_sees_only_the_leak_at_night()
    {
        var station = Demo.At(22, 5);
        var night = Happened(station, TimeSpan.FromHours(7)).Branch("lifode");

        Assert.Equal(0, night.UsedKg);
        Assert.True(Demo.M3(night.MeteredKg) > 7 * 60);
        Assert.Equal(1, night.MeteredKg / night.LeakedKg, 0.01);
    }

    [Fact]
    public void The_leak_follows_the_choked_orifice_formula()
    {
        var station = Demo.At(2);

        Demo.Run(station, TimeSpan.FromMinutes(5), () =>
        {
            var leak = station.Station.Leaks[0];
            var (areaM2, pa) = (Math.PI * 0.0025 * 0.0025, leak.Node.Pa);
            // q of free air at 20 °C, corrected for the temperature in the pipe.
            var fadM3PerMin = 60 * 0.0019863 * 0.65 * areaM2 * pa * Math.Sqrt(293.15 / leak.Node.Kelvin);
            Assert.InRange(leak.KgPerSecond / DryAir.KgPerFadM3 * 60, 0.99 * fadM3PerMin, 1.01 * fadM3PerMin);
        });
    }

    [Fact]
    public void A_closed_leak_takes_no_air_and_can_be_opened()
    {
        var station = Demo.At(1, leakMm: 0);
        Demo.Run(station, TimeSpan.FromMinutes(10));
        Assert.Equal(0, station.Station.Truth.LeakedKg);

        station.Station.Leaks[0].DiameterMm = 5;
        Assert.InRange(Demo.M3(Happened(station, TimeSpan.FromMinutes(10)).Branch("lifode").LeakedKg), 10, 14);
    }

    [Fact]
    public void A_whole_day_holds_the_pressure_without_hunting()
    {
        var station = Demo.At(5, 30);
        var (lowest, highest) = (1.0, 0.0);
        var before = station.Station.Compressors.ToArray().Select(c => c.Totals).ToList();

        Demo.Run(station, TimeSpan.FromHours(24), () =>
        {
            lowest = Math.Min(lowest, (station.Station.Header.Pa - station.Station.Outdoor.Pa) * 1e-6);
            highest = Math.Max(highest, (station.Station.Wet.Pa - station.Station.Outdoor.Pa) * 1e-6);
        });

        Assert.InRange(lowest, 0.58, 0.7);
        Assert.InRange(highest, 0.7, 0.78);
        foreach (var (now, then) in station.Station.Compressors.ToArray().Select(c => c.Totals).Zip(before))
        {
            Assert.InRange(now.Starts - then.Starts, 0, 24);
            Assert.InRange(now.Loads - then.Loads, 0, 4 * 24);
        }
    }

    [Fact]
    public void A_working_day_has_a_sane_air_to_power_ratio()
    {
        var day = Happened(Demo.At(5, 30), TimeSpan.FromHours(24));

        Assert.InRange(day.ElectricJ / 3.6e6 / (day.MeteredKg / DryAir.KgPerFadM3), 0.093, 0.115);
    }

    [Fact]
    public void All_machines_on_load_draw_about_360_kW() =>
        Assert.InRange(Demo.At(9).Station.Spec.Compressors.Sum(c => c.RatedPowerW) / 1e3, 350, 375);

    private static StationTruth Happened(MeteredStation station, TimeSpan duration)
    {
        var before = station.Station.Truth;
        Demo.Run(station, duration);
        return station.Station.Truth.Since(before);
    }
}

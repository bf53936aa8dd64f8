using AirIsland.Simulators.Physics;
using AirIsland.Simulators.Physics.Compressors;
using AirIsland.Simulators.Stations;
using CsCheck;

namespace AirIsland.Simulators.Tests.Stations;

public class StationPartsTests
{
    private const int Hour = 3600;

    [Fact]
    public void Electricity_is_heat_and_warm_air_and_all_air_is_accounted_for_whatever_the_station_is_made_of() =>
        Gen.Select(Gen.ULong[1, 1000], Gen.Enum<DryerKind>(), Gen.Bool, Gen.Bool, Gen.Bool).Sample(
            (seed, dryer, isWaterCooled, recovers, cuts) =>
            {
                var station = new Station(Spec(seed, dryer, isWaterCooled, recovers));
                Run(station, 2 * Hour);
                if (cuts) station.HasMains = false;
                Run(station, Hour);
                station.HasMains = true;
                Run(station, 2 * Hour);

                var truth = station.Truth;
                Assert.Equal(0, truth.Energy.ResidualJ / truth.ElectricJ, 1e-9);
                Assert.Equal(0, truth.AirResidualKg / truth.IntakeKg, 1e-9);
                Assert.Equal(isWaterCooled, truth.Energy.CoolingWaterJ > 0);
                Assert.Equal(recovers, truth.Energy.RecoveredJ > 0);
                // The work that the air could do again is a good half of what it cost.
                Assert.InRange(truth.Energy.AirWorkJ / truth.ElectricJ, 0.4, 0.7);
            },
            iter: 12,
            threads: 1);

    [Fact]
    public void A_heatless_dryer_is_very_dry_and_blows_a_seventh_of_its_rating_away()
    {
        var station = new Station(Spec(1, DryerKind.DesiccantHeatless));
        Run(station, 6 * Hour);
        var before = station.Truth;
        Run(station, 6 * Hour);

        var rated = DryAir.KgPerSecond(station.Spec.Compressors.Sum(c => c.RatedFlowM3PerMin));
        var purged = (station.Truth.PurgedKg - before.PurgedKg) / (6 * Hour);
        Assert.InRange(purged / rated, 0.12, 0.16);
        Assert.InRange(station.Treatment.DewPointKelvin - 273.15, -60, -35);
    }

    [Fact]
    public void Behind_a_regulator_the_pressure_stands_while_the_header_swings()
    {
        var plain = TestStations.Park();
        var station = new Station(plain with { Branches = [plain.Branches[0] with { RegulatedMPa = 0.5 }, plain.Branches[1]] });
        Run(station, Hour);
        var (lowest, highest, header) = (double.MaxValue, 0.0, (Low: double.MaxValue, High: 0.0));
        for (var second = 0; second < 12 * Hour; second++)
        {
            station.Step(1);
            (lowest, highest) = (Math.Min(lowest, station.Branches[0].End.Pa), Math.Max(highest, station.Branches[0].End.Pa));
            header = (Math.Min(header.Low, station.Header.Pa), Math.Max(header.High, station.Header.Pa));
        }

        Assert.InRange((lowest - 101_325) * 1e-6, 0.475, 0.5);
        Assert.InRange((highest - 101_325) * 1e-6, 0.475, 0.505);
        Assert.True(header.High - header.Low > 2 * (highest - lowest));
    }

    [Fact]
    public void A_ring_main_feeds_a_company_from_both_sides_and_goes_on_when_one_side_is_shut()
    {
        var plain = TestStations.Park();
        var station = new Station(plain with
        {
            Mains =
            [
                new() { To = "east", LengthM = 400 }, new() { To = "west", LengthM = 500 },
                new() { From = "east", To = "west", LengthM = 300 },
            ],
            Branches = [plain.Branches[0] with { At = "east" }, plain.Branches[1] with { At = "west" }],
            Leaks = [new() { Id = "ring", Place = "west", DiameterMm = 3 }],
        });
        Run(station, Hour);
        var eastern = station.Network.Links.Single(l => l.Id == "header to east");
        Assert.True(eastern.KgPerSecond > 0);
        Assert.False(station.Truth.Leaks[0].IsBehindMeter);

        eastern.Opening = 0;
        Run(station, Hour);
        Assert.Equal(0, eastern.KgPerSecond);
        Assert.True(station.Network.Links.Single(l => l.Id == "east to west").KgPerSecond < 0);
        Assert.True(station.Branches[0].UsedKgPerSecond > 0);
    }

    [Fact]
    public void A_shut_valve_starves_its_company_and_nobody_else()
    {
        var station = new Station(TestStations.Park());
        Run(station, Hour);
        station.Branches[0].Pipe.Opening = 0;
        Run(station, Hour);

        Assert.True(station.Branches[0].End.Pa < 1.3e5);
        Assert.True(station.Branches[1].End.Pa > 6e5);
    }

    [Fact]
    public void Without_mains_nothing_is_taken_and_the_air_runs_out_until_they_are_back()
    {
        var station = new Station(Spec(1, DryerKind.Refrigerated, isWaterCooled: true, recovers: true));
        Run(station, 2 * Hour);
        station.HasMains = false;
        Run(station, 10);
        var (joules, intake) = (station.ElectricJ, station.Truth.IntakeKg);
        Run(station, Hour);

        Assert.Equal(0, station.PowerW);
        Assert.Equal(joules, station.ElectricJ);
        Assert.Equal(intake, station.Truth.IntakeKg);
        Assert.True(station.Header.Pa < 5e5);

        station.HasMains = true;
        Run(station, Hour);
        Assert.True(station.Header.Pa > 7e5);
    }

    [Fact]
    public void When_the_cooling_water_pump_fails_the_machines_trip_by_temperature()
    {
        var station = new Station(Spec(1, DryerKind.Refrigerated, isWaterCooled: true));
        Run(station, 2 * Hour);
        Assert.NotNull(station.Water.CoolingWater);
        station.Water.CoolingWater.PumpFailed = true;
        Run(station, Hour);

        Assert.Contains(CompressorTrip.Temperature, station.Compressors.ToArray().Select(c => c.Trip));
        Assert.Equal(0, station.Truth.Energy.ResidualJ / station.Truth.ElectricJ, 1e-9);
    }

    [Fact]
    public void Recovered_heat_is_what_the_user_asks_for_while_machines_run()
    {
        var station = new Station(Spec(1, DryerKind.Refrigerated, recovers: true));
        Run(station, Hour);
        var before = station.Truth.Energy;
        Run(station, Hour);

        var kilowatts = (station.Truth.Energy.RecoveredJ - before.RecoveredJ) / Hour / 1e3;
        Assert.Equal(100, kilowatts, 2.0);
        Assert.Equal(65, station.Water.Recovered.OutletKelvin - 273.15, 1.0);
    }

    [Fact]
    public void While_time_is_skipped_nothing_flows_and_the_calendar_goes_on()
    {
        var (one, two) = (new Station(TestStations.Park()), new Station(TestStations.Park()));
        Run(one, Hour);
        Run(two, Hour);
        var before = one.Truth;
        one.Skip(86_400 * 6);
        Assert.Equal(before.ElectricJ, one.Truth.ElectricJ);
        Assert.Equal(before.MeteredKg, one.Truth.MeteredKg);

        // Six days on it is Sunday, and nobody works.
        Run(one, 12 * Hour);
        Run(two, 12 * Hour);
        Assert.True(one.Truth.MeteredKg - before.MeteredKg < 0.3 * (two.Truth.MeteredKg - before.MeteredKg));
    }

    [Theory]
    [InlineData("nowhere")]
    [InlineData("Header")]
    public void A_leak_in_a_place_that_is_not_there_is_refused_by_name(string place)
    {
        var spec = TestStations.Park() with { Leaks = [new() { Id = "x", Place = place, DiameterMm = 1 }] };
        var refusal = Assert.Throws<ArgumentException>(() => new Station(spec));
        Assert.Contains($"'{place}'; there are wet receiver, header, lifode, songyuan", refusal.Message, StringComparison.Ordinal);
    }

    private static StationSpec Spec(ulong seed, DryerKind dryer, bool isWaterCooled = false, bool recovers = false)
    {
        var park = TestStations.Park(seed);
        return park with
        {
            Compressors = [.. park.Compressors.Select(c => c with { IsWaterCooled = isWaterCooled })],
            Treatment = new() { Dryer = dryer },
            HeatRecovery = recovers ? new() { CapacityKW = 300, DemandKW = 100 } : null,
        };
    }

    private static void Run(Station station, int seconds)
    {
        for (var second = 0; second < seconds; second++) station.Step(1);
    }
}

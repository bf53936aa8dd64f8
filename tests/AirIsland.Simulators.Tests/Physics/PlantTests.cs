using AirIsland.Simulators.Physics;
using CsCheck;

namespace AirIsland.Simulators.Tests.Physics;

public sealed class PlantTests
{
    [Fact]
    public void Air_is_neither_made_nor_lost() =>
        Gen.Select(Gen.Int, Gen.Int[0, 23], Gen.Bool, Gen.Int[100, 3000]).Sample((seed, hour, leak, stepMs) =>
        {
            var plant = Plants.At(hour, seed: seed, leakOpen: leak);
            var before = plant.Truth;

            for (var i = 0; i < 2000; i++) plant.Step(TimeSpan.FromMilliseconds(stepMs));

            var happened = plant.Truth.Since(before);
            var error = happened.ProducedNormalM3 - happened.MeteredNormalM3 - happened.StoredNormalM3;
            return Math.Abs(error) <= 1e-9 * happened.ProducedNormalM3;
        }, iter: 30);

    [Fact]
    public void The_energy_of_the_station_is_the_sum_of_its_machines()
    {
        var plant = Plants.At(5, 30);
        var integral = 0.0;

        Plants.Run(plant, TimeSpan.FromHours(2), () => integral += plant.Electricity.Kilowatts * Plants.Step.TotalHours);

        var machines = plant.Compressors.Sum(c => c.Electricity.KilowattHours) + plant.Dryer.Electricity.KilowattHours;
        Assert.Equal(machines, plant.Truth.KilowattHours, 1e-9 * machines);
        Assert.Equal(machines, integral, 1e-9 * machines);
    }

    [Fact]
    public void The_same_seed_gives_the_same_plant_to_the_last_bit()
    {
        Assert.Equal(Trace(7), Trace(7));
        Assert.NotEqual(Trace(7), Trace(8));

        static List<long> Trace(int seed)
        {
            var plant = Plants.At(5, 45, seed);
            var bits = new List<long>();
            Plants.Run(plant, TimeSpan.FromMinutes(30), () =>
            {
                bits.Add(BitConverter.DoubleToInt64Bits(plant.Receiver.StoredNormalM3));
                bits.Add(BitConverter.DoubleToInt64Bits(plant.Electricity.KilowattHours));
                bits.Add(BitConverter.DoubleToInt64Bits(plant.Lifode.MeteredNormalM3));
            });
            return bits;
        }
    }

    [Fact]
    public void The_leak_follows_the_choked_orifice_formula()
    {
        var plant = Plants.At(2);

        Plants.Run(plant, TimeSpan.FromMinutes(5), () =>
        {
            var areaM2 = Math.PI * 0.0025 * 0.0025;
            var fadM3PerMin = 60 * 0.0019863 * 0.65 * areaM2 * (plant.Lifode.EndGaugeMPa + 0.101325) * 1e6;
            Assert.InRange(plant.Lifode.LeakFlow / 0.91959, 0.99 * fadM3PerMin, 1.01 * fadM3PerMin);
        });
    }

    [Fact]
    public void The_meter_of_Lifode_sees_only_the_leak_at_night()
    {
        var plant = Plants.At(22, 5);

        Plants.Run(plant, TimeSpan.FromHours(7), () => Assert.Equal(0, plant.Lifode.ConsumedFlow));

        Assert.Equal(0, plant.Lifode.ConsumedNormalM3);
        Assert.True(plant.Lifode.MeteredNormalM3 > 7 * 60);
        Assert.Equal(plant.Lifode.LeakedNormalM3, plant.Lifode.MeteredNormalM3);
    }

    [Fact]
    public void A_closed_leak_takes_no_air()
    {
        var plant = Plants.At(1, leakOpen: false);
        Plants.Run(plant, TimeSpan.FromMinutes(10));
        Assert.Equal(0, plant.Lifode.MeteredNormalM3);

        plant.Lifode.LeakOpen = true;
        Plants.Run(plant, TimeSpan.FromMinutes(10));
        Assert.True(plant.Lifode.MeteredNormalM3 > 9);
    }

    [Fact]
    public void Demand_follows_the_shifts()
    {
        var day = Plants.At(8);
        Plants.Run(day, TimeSpan.FromHours(1));
        var night = Plants.At(4);
        Plants.Run(night, TimeSpan.FromHours(1));

        Assert.InRange(day.Lifode.ConsumedNormalM3 / 60 / 0.93178, 20, 22);
        Assert.InRange(day.Songyuan.ConsumedNormalM3 / 60 / 0.93178, 24, 26);
        Assert.InRange(night.Songyuan.ConsumedNormalM3 / 60 / 0.93178, 21, 23);
    }

    [Fact]
    public void Nobody_works_on_the_rest_day()
    {
        var plant = new Plant(new() { Start = Plants.Site(9), RestDay = DayOfWeek.Wednesday });

        Plants.Run(plant, TimeSpan.FromHours(1));

        Assert.Equal(0, plant.Lifode.ConsumedNormalM3 + plant.Songyuan.ConsumedNormalM3);
        Assert.InRange(plant.Receiver.GaugeMPa, 0.6, 0.8);
    }

    [Fact]
    public void A_whole_day_holds_the_pressure_without_hunting()
    {
        var plant = Plants.At(5, 30);
        var (lowest, highest) = (1.0, 0.0);

        Plants.Run(plant, TimeSpan.FromHours(24), () =>
        {
            lowest = Math.Min(lowest, plant.HeaderGaugeMPa);
            highest = Math.Max(highest, plant.Receiver.GaugeMPa);
        });

        Assert.InRange(lowest, 0.58, 0.7);
        Assert.InRange(highest, 0.7, 0.78);
        Assert.All(plant.Compressors, compressor =>
        {
            Assert.InRange(compressor.Starts, 0, 24);
            Assert.InRange(compressor.Loads, 0, 4 * 24);
        });
    }

    [Fact]
    public void A_working_day_has_a_sane_air_to_power_ratio()
    {
        var plant = Plants.At(5, 30);
        var before = plant.Truth;

        Plants.Run(plant, TimeSpan.FromHours(24));

        var day = plant.Truth.Since(before);
        var kilowattHoursPerFadM3 = day.KilowattHours / (day.MeteredNormalM3 / 0.91959);
        Assert.InRange(kilowattHoursPerFadM3, 0.093, 0.115);
    }

    [Fact]
    public void Moving_the_clock_lets_nothing_flow()
    {
        var plant = Plants.At(9);
        Plants.Run(plant, TimeSpan.FromMinutes(1));
        var before = plant.Truth;

        plant.MoveClock(plant.Instant + TimeSpan.FromHours(1));

        var held = plant.Truth.Since(before);
        Assert.Equal(0, held.KilowattHours + held.ProducedNormalM3 + held.StoredNormalM3 + held.MeteredNormalM3);
    }
}

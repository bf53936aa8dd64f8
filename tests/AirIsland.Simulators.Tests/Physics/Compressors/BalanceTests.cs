using AirIsland.Simulators.Physics.Compressors;
using CsCheck;

namespace AirIsland.Simulators.Tests.Physics.Compressors;

public sealed class BalanceTests
{
    private static readonly Gen<CompressorSpec> Specs = Gen.Select(
        Gen.Int[0, CompressorCatalogue.All.Count - 1], Gen.Double[0.5, 16], Gen.Double[1, 1.3], Gen.Double[5, 60], Gen.Double[30, 900])
        .Select((kind, size, power, blowDown, idle) => CompressorCatalogue.All[kind] with
        {
            RatedFlowM3PerMin = CompressorCatalogue.All[kind].RatedFlowM3PerMin * size,
            SpecificPower = CompressorCatalogue.All[kind].SpecificPower * power,
            BlowDownSeconds = blowDown,
            IdleSeconds = idle,
        });

    private static readonly Gen<Surroundings> Airs = Gen.Select(Gen.Double[80_000, 103_000], Gen.Double[258, 315], Gen.Double[0, 1])
        .Select((pa, kelvin, humidity) => new Surroundings(pa, kelvin, humidity));

    private static readonly Gen<CompressorCondition> Conditions =
        Gen.Select(Gen.Double[0, 0.2], Gen.Double[0, 0.2], Gen.Double[0, 8000], Gen.Double[0, 0.6], Gen.Bool)
            .Select((capacity, power, filter, cooler, stuck) => new CompressorCondition
            {
                CapacityLoss = capacity,
                PowerGain = power,
                IntakeFilterPa = filter,
                CoolerLoss = cooler,
                IsBlowOffStuck = stuck,
            });

    [Fact]
    public void Electricity_equals_heat_and_air_work_and_air_taken_in_equals_air_given_out() =>
        Gen.Select(Specs, Airs, Conditions, Gen.Double[0.2, 10], Gen.Double[0, 1.2], Gen.Int[0, 1_000_000])
            .Sample((spec, air, condition, seconds, demand, seed) =>
            {
                var machine = new Compressor(spec, air.Kelvin) { Condition = condition };
                var random = new Random(seed);
                var gauge = 0.7e6;
                for (var i = 0; i < 3000; i++)
                {
                    var command = random.Next(400) switch
                    {
                        0 => CompressorCommand.Off,
                        1 => CompressorCommand.Auto with { IsTripped = true },
                        2 => CompressorCommand.Auto with { IsWithoutMains = true },
                        < 20 => CompressorCommand.Auto with { ResetsTrip = true },
                        < 40 => CompressorCommand.Auto with { CapacityShare = random.NextDouble() },
                        _ => CompressorCommand.Auto,
                    };
                    machine.Step(seconds, air, air.Pa + gauge, command);
                    Assert.True(machine.FlowKgPerSecond >= 0 && machine.BlowOffKgPerSecond >= -1e-12 && machine.PowerW >= 0);
                    Assert.Equal(machine.PowerW, machine.Heat.SumW, 1e-9 * spec.RatedPowerW);
                    var surplus = machine.CapacityShare - demand * (0.5 + random.NextDouble());
                    gauge = Math.Clamp(gauge + surplus * seconds * 6000, 0, 0.9e6);
                }
                AssertBalances(machine);
            }, iter: 150, threads: 1);

    [Fact]
    public void A_year_balances()
    {
        var machine = new Compressor(CompressorCatalogue.ScrewLoadUnload);
        var gauge = 0.7e6;
        const double seconds = 3;
        for (var hour = 0; hour < 8760; hour++)
        {
            var air = new Surroundings(101_300, 290 + 15 * Math.Sin(hour * 0.2618), 0.6);
            var demand = hour % 24 is > 6 and < 22 ? 0.6 : 0.02;
            for (var t = 0.0; t < 3600; t += seconds)
            {
                machine.Step(seconds, air, air.Pa + gauge, CompressorCommand.Auto);
                gauge += (machine.CapacityShare - demand) * seconds * 4000;
            }
        }

        AssertBalances(machine);
        Assert.InRange(machine.Totals.ElectricJ / 3.6e6 / 8760, 30, 100);
        Assert.True(machine.Totals.Starts > 300);
    }

    [Theory]
    [InlineData("screw-load-unload")]
    [InlineData("turbo-blow-off")]
    public void Two_runs_are_equal(string id)
    {
        CompressorTotals Run()
        {
            var machine = new Compressor(TestBench.Spec(id));
            var gauge = 0.6e6;
            for (var i = 0; i < 20_000; i++)
            {
                machine.Step(1, Surroundings.Rated, 1e5 + gauge, CompressorCommand.Auto);
                gauge += (machine.CapacityShare - 0.4) * 5000;
            }
            return machine.Totals;
        }

        Assert.Equal(Run(), Run());
    }

    private static void AssertBalances(Compressor machine)
    {
        var totals = machine.Totals;
        Assert.InRange(Math.Abs(totals.EnergyResidualJ), 0, 1e-9 * totals.ElectricJ + 1e-3);
        Assert.InRange(Math.Abs(totals.AirResidualKg), 0, 1e-9 * totals.IntakeKg + 1e-9);
    }
}

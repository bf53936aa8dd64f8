using AirIsland.Simulators.Physics.Compressors;

namespace AirIsland.Simulators.Tests.Physics.Compressors;

public sealed class RatedPointTests
{
    public static TheoryData<string> Ids => TestBench.Ids;

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_machine_has_its_rated_flow_and_specific_power_at_its_rated_point(string id)
    {
        var machine = TestBench.Warm(TestBench.Spec(id));

        Assert.Equal(CompressorState.Loaded, machine.State);
        Assert.Equal(1, machine.CapacityShare, 0.001);
        Assert.Equal(machine.Spec.RatedFlowM3PerMin, TestBench.Flow(machine), 0.001 * machine.Spec.RatedFlowM3PerMin);
        Assert.Equal(machine.Spec.SpecificPower, TestBench.SpecificPower(machine), 0.001 * machine.Spec.SpecificPower);
    }

    /// <summary>GB 19153-2019, tables 1 and 2, 0.7 MPa: limit of the grade and of the next better one.</summary>
    [Theory]
    [InlineData("screw-load-unload", 6.2, 5.7)]
    [InlineData("screw-modulation", 7.0, 6.4)]
    [InlineData("screw-modulation-unloading", 6.9, 6.3)]
    [InlineData("screw-variable-displacement", 6.2, 5.7)]
    [InlineData("screw-variable-speed", 6.0, 5.5)]
    [InlineData("two-stage-load-unload", 5.3, 4.8)]
    [InlineData("two-stage-variable-speed", 5.6, 5.1)]
    public void Oil_injected_screws_match_a_grade_of_GB_19153(string id, double limit, double better)
    {
        var spec = TestBench.Spec(id);
        double At(double share) => TestBench.SpecificPower(TestBench.Warm(spec, share: share));

        var weighted = spec.Control == CapacityControl.VariableSpeed ? 0.25 * At(1) + 0.5 * At(0.7) + 0.25 * At(0.4) : At(1);

        Assert.InRange(weighted, better, limit + 1e-6);
        Assert.True(weighted > 0.98 * limit, "a typical machine of the grade, not a better one");
    }

    [Theory]
    [InlineData(0.3, 1, 2.835)]
    [InlineData(0.5, 1, 3.900)]
    [InlineData(0.7, 1, 4.733)]
    [InlineData(1.0, 1, 5.740)]
    [InlineData(0.3, 2, 2.555)]
    [InlineData(0.7, 2, 4.036)]
    [InlineData(1.25, 2, 5.254)]
    [InlineData(0.7, 100_000, 3.466)]
    public void Ideal_work_equals_the_table(double gaugeMPa, int stages, double kilowatts) =>
        Assert.Equal(kilowatts, IdealWork.Watts(1 / 60.0, 1e5, 1e5 + gaugeMPa * 1e6, stages) / 1e3, 0.001);

    [Theory]
    [MemberData(nameof(Ids))]
    public void No_machine_needs_less_than_the_ideal_work_of_its_stages(string id)
    {
        var spec = TestBench.Spec(id);
        Surroundings[] airs =
        [
            Surroundings.Rated, new(100_300, 308.15, 0.7), new(102_500, 263.15, 0.3), new(Surroundings.BarometerPa(2000), 298.15, 0.5),
        ];
        foreach (var air in airs)
            for (var gauge = 0.4; gauge <= 0.75; gauge += 0.05)
                for (var share = 0.2; share <= 1; share += 0.2)
                {
                    var machine = new Compressor(spec);
                    TestBench.Hold(machine, 120, gauge, CompressorCommand.Auto with { CapacityShare = share }, air);
                    var least = TestBench.LeastWatts(machine, air, gauge);
                    Assert.True(machine.PowerW > 1.1 * least, $"{id} at {gauge:0.00} MPa, {share:0.0}: {machine.PowerW:0} of {least:0} W");
                }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Temperatures_and_the_split_of_heat_are_in_the_usual_bands(string id)
    {
        var machine = TestBench.Warm(TestBench.Spec(id));
        var heat = machine.Heat;
        double Share(double watts) => watts / machine.PowerW;

        var (low, high) = machine.Spec.Type switch
        {
            CompressorType.OilInjectedScrew or CompressorType.OilInjectedTwoStageScrew => (75, 95),
            CompressorType.OilFreeTwoStageScrew => (130, 190),
            CompressorType.ReciprocatingOneStage => (130, 190),
            _ => (90, 150),
        };
        Assert.InRange(machine.ElementKelvin - 273.15, low, high);
        Assert.InRange(machine.OutletKelvin - 293.15, 5, 16);
        Assert.InRange(Share(heat.RadiationW), 0.015, 0.04);
        Assert.InRange(Share(heat.MotorW), 0.03, 0.10);
        Assert.InRange(Share(heat.ConverterW), 0, 0.07);
        Assert.InRange(Share(heat.OilCoolerW + heat.IntercoolerW + heat.AftercoolerW), 0.78, 0.94);
        if (machine.Spec.Type == CompressorType.OilInjectedScrew) Assert.InRange(Share(heat.OilCoolerW), 0.62, 0.80);
        Assert.InRange(Math.Abs(heat.StoredW), 0, 0.001 * machine.PowerW);
    }

    [Fact]
    public void A_motor_on_the_mains_has_a_poor_power_factor_without_load_and_a_converter_has_not()
    {
        double Factor(CompressorSpec spec, double share)
        {
            var machine = TestBench.Warm(spec with { IdleSeconds = double.PositiveInfinity });
            TestBench.Hold(machine, 120, 0.7, CompressorCommand.Auto with { CapacityShare = share });
            return machine.PowerW / Math.Sqrt(machine.PowerW * machine.PowerW + machine.ReactiveVar * machine.ReactiveVar);
        }

        Assert.InRange(Factor(CompressorCatalogue.ScrewLoadUnload, 1), 0.87, 0.90);
        Assert.InRange(Factor(CompressorCatalogue.ScrewLoadUnload, 0), 0.45, 0.65);
        Assert.Equal(0.95, Factor(CompressorCatalogue.ScrewVariableSpeed, 0), 3);
    }
}

using AirIsland.Simulators.Physics.Compressors;
using AirIsland.Simulators.Validation;

namespace AirIsland.Simulators.Tests.Physics.Compressors;

public sealed class PartLoadTests
{
    private const double MPaPerPsi = 0.00689476;

    /// <summary>m³ per m³/min of one gallon per cfm.</summary>
    private const double GallonPerCfm = 0.13368;

    /// <summary>100 psig, band 10 psi, blow-down 40 s to 15 psig, 21 % unloaded, MEASUR's 92 % with a closed inlet.</summary>
    private static readonly CompressorSpec Audited = CompressorCatalogue.ScrewLoadUnload with
    {
        RatedGaugeMPa = 100 * MPaPerPsi,
        LoadBelowMPa = 100 * MPaPerPsi,
        UnloadAboveMPa = 110 * MPaPerPsi,
        SumpMPa = 15 * MPaPerPsi,
        UnloadedShare = 0.21,
        ModulatedShare = 0.92,
        IdleSeconds = double.PositiveInfinity,
    };

    /// <summary>Measured kW: what the auditor's tool says for an 85.4 kW machine at 30 % flow.</summary>
    [Theory]
    [InlineData(0.5, 69.2)]
    [InlineData(3, 47.7)]
    [InlineData(10, 41.5)]
    public void The_closed_form_of_the_load_unload_cycle_gives_the_known_example(double gallonsPerCfm, double kilowatts) =>
        Assert.Equal(kilowatts, 85.4 * ClosedForm(gallonsPerCfm, 0.3), 0.15);

    /// <summary>
    /// The machine opens and closes its valve in finite time and fills its sump with air, which the closed form leaves out: more power
    /// the shorter the cycle.
    /// </summary>
    [Theory]
    [InlineData(0.5, 0.06)]
    [InlineData(3, 0.04)]
    [InlineData(10, 0.02)]
    public void A_load_unload_machine_follows_the_closed_form_of_its_cycle(double gallonsPerCfm, double tolerance)
    {
        foreach (var share in new[] { 0.2, 0.3, 0.5, 0.7 })
        {
            var expected = ClosedForm(gallonsPerCfm, share);
            var point = PartLoadBench.Run(Audited, gallonsPerCfm * GallonPerCfm * Audited.RatedFlowM3PerMin, share, 0.1);
            Assert.Equal(share, point.FlowShare, 0.005);
            Assert.InRange(point.PowerShare / expected, 1 - tolerance, 1 + tolerance);
        }
    }

    [Fact]
    public void One_second_steps_are_fine_enough_for_a_cycle_of_a_minute()
    {
        var receiver = 3 * GallonPerCfm * Audited.RatedFlowM3PerMin;

        var fine = PartLoadBench.Run(Audited, receiver, 0.3, 0.1).PowerShare;
        Assert.Equal(fine, PartLoadBench.Run(Audited, receiver, 0.3, 1).PowerShare, 0.02);
    }

    [Fact]
    public void Modulation_draws_70_percent_and_30_percent_of_the_flow()
    {
        foreach (var share in new[] { 0.2, 0.4, 0.6, 0.8 })
        {
            var point = Bench(CompressorCatalogue.ScrewModulation, share);
            var head = Head(point.GaugeMPa);
            // The pressure at which it modulates moves full-load power; the closed inlet's power moves with the sump.
            var closed = 0.25 + (0.7 - 0.25) * (point.GaugeMPa - 0.1) / 0.6;
            Assert.Equal(closed + (head - closed) * share, point.PowerShare, 0.01);
            Assert.Equal(0.7 + 0.3 * share, point.PowerShare, 0.035);
            Assert.Equal(0, point.CycleSeconds);
        }
    }

    [Fact]
    public void Variable_displacement_saves_more_than_throttling_and_both_unload_below_their_point()
    {
        foreach (var share in new[] { 0.6, 0.8 })
        {
            var shortened = Bench(CompressorCatalogue.ScrewVariableDisplacement, share);
            Assert.True(shortened.PowerShare < Bench(CompressorCatalogue.ScrewModulationUnloading, share).PowerShare - 0.03);
            Assert.Equal(0.7 + 0.3 * share * share, shortened.PowerShare, 0.035);
            Assert.Equal(0, shortened.CycleSeconds);
        }
        foreach (var spec in new[] { CompressorCatalogue.ScrewVariableDisplacement, CompressorCatalogue.ScrewModulationUnloading })
        {
            var low = Bench(spec, 0.2);
            Assert.True(low.CycleSeconds > 20);
            Assert.True(low.PowerShare < 0.6 && low.PowerShare > 0.4);
        }
    }

    [Fact]
    public void A_variable_speed_is_best_in_the_middle_and_cycles_below_its_turn_down()
    {
        var spec = CompressorCatalogue.ScrewVariableSpeed;
        double Specific(double share) => Bench(spec, share) is var point ? point.PowerShare / point.FlowShare : 0;
        var curve = Enumerable.Range(2, 9).ToDictionary(i => i / 10.0, i => Specific(i == 10 ? 0.98 : i / 10.0));

        Assert.InRange(curve.MinBy(p => p.Value).Key, 0.5, 0.8);
        Assert.True(curve[0.2] > 1.15 * curve[0.7]);
        Assert.True(curve[1.0] > 1.01 * curve[0.7]);
        Assert.All(curve.Keys.Where(s => s is >= 0.3 and < 1), s => Assert.InRange(Bench(spec, s).GaugeMPa, 0.695, 0.705));
        // MEASUR's line, 0.15 + 0.85 x, with this machine's efficient middle below it.
        Assert.All(curve, p => Assert.InRange(p.Value * p.Key, p.Key - 0.03, 0.15 + 0.85 * p.Key + 0.01));
        Assert.True(Bench(spec, 0.1).CycleSeconds > 60);
    }

    [Fact]
    public void Oil_free_load_unload_is_a_straight_line_to_its_unloaded_power()
    {
        var spec = CompressorCatalogue.OilFreeLoadUnload with { IdleSeconds = double.PositiveInfinity };
        foreach (var share in new[] { 0.2, 0.5, 0.8 }) Assert.Equal(share + (1 - share) * 0.2, Bench(spec, share).PowerShare, 0.012);
    }

    [Fact]
    public void Start_stop_draws_in_proportion_and_steps_lie_on_a_line()
    {
        foreach (var share in new[] { 0.2, 0.5, 0.8 })
        {
            Assert.Equal(share, Bench(CompressorCatalogue.PistonStartStop, share).PowerShare, 0.03);
            Assert.Equal(share + (1 - share) * 0.15, Bench(CompressorCatalogue.PistonMultiStep, share).PowerShare, 0.02);
        }
    }

    [Fact]
    public void Guide_vanes_save_down_to_the_surge_line_and_then_blow_off_or_unload()
    {
        var spec = CompressorCatalogue.TurboBlowOff;
        var guard = spec.SurgeShare * 1.03;
        double Line(double x) => 1 - (1 - spec.SurgePowerShare) / (1 - spec.SurgeShare) * (1 - x);
        foreach (var share in new[] { 0.1, 0.4, 0.7, 0.8, 0.95 })
        {
            var point = Bench(spec, share);
            Assert.Equal(share, point.FlowShare, 0.01);
            Assert.Equal(Line(Math.Max(share, guard)), point.PowerShare, 0.01);
            Assert.Equal(Math.Max(0, guard - share), point.BlowOffShare, 0.01);
        }

        var half = Bench(CompressorCatalogue.TurboUnloading, 0.36);
        Assert.Equal(0.2 + (Line(guard) - 0.2) * 0.36 / guard, half.PowerShare, 0.03);
        Assert.True(half.CycleSeconds > 60);
    }

    private static double Head(double gaugeMPa) => IdealWork.Head(1 + gaugeMPa / 0.1, 1) / IdealWork.Head(8, 1);

    private static PartLoadPoint Bench(CompressorSpec spec, double share) => PartLoadBench.Run(spec, 0.4 * spec.RatedFlowM3PerMin, share);

    private static double ClosedForm(double gallonsPerCfm, double demand) => LoadUnloadCycle.PowerShare(
        Audited, gallonsPerCfm * GallonPerCfm, demand, Audited.UnloadedShare ?? 0, Audited.ModulatedShare ?? 0);
}

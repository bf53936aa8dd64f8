using AirIsland.Simulators.Physics.Compressors;

namespace AirIsland.Simulators.Validation;

/// <summary>
/// A machine on the bench as a rating asks for: warm, at its rated discharge pressure, in the air of ratings, at a wanted share of its
/// flow. Means of ten minutes.
/// </summary>
/// <param name="FlowM3PerMin">Delivered, m³/min FAD.</param>
/// <param name="Kilowatts">Electrical, of the whole package.</param>
/// <param name="ShaftKilowatts">Of the motor.</param>
public sealed record RatedPoint(double FlowM3PerMin, double Kilowatts, double ShaftKilowatts)
{
    private const double WarmUpSeconds = 7200;
    private const double MeasureSeconds = 600;

    /// <summary>kW/(m³/min).</summary>
    public double SpecificPower => Kilowatts / FlowM3PerMin;

    /// <summary>Measures one machine.</summary>
    public static RatedPoint Measure(CompressorSpec machine, double flowShare = 1)
    {
        ArgumentNullException.ThrowIfNull(machine);
        var compressor = new Compressor(machine);
        var command = CompressorCommand.Auto with { CapacityShare = flowShare };
        Run(WarmUpSeconds);
        var before = compressor.Totals;
        Run(MeasureSeconds);
        var after = compressor.Totals;

        var electric = after.ElectricJ - before.ElectricJ;
        var shaft = electric - (after.MotorJ - before.MotorJ) - (after.ConverterJ - before.ConverterJ)
            - (after.AuxiliaryJ - before.AuxiliaryJ);
        return new(
            (after.DeliveredKg - before.DeliveredKg) / Surroundings.FadDensity / MeasureSeconds * 60,
            electric / MeasureSeconds / 1e3,
            shaft / MeasureSeconds / 1e3);

        void Run(double duration)
        {
            var air = Surroundings.Rated;
            for (var t = 0.0; t < duration; t++) compressor.Step(1, air, air.Pa + machine.RatedGaugeMPa * 1e6, command);
        }
    }
}

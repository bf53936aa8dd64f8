using System.Globalization;
using AirIsland.Simulators.Physics.Compressors;

namespace AirIsland.Simulators.Validation;

/// <summary>What a machine draws at its rated point, beside the grades of GB 19153-2019 and the ideal work of compressing.</summary>
public static class MachineClaims
{
    private const string Group = "machines";
    private const string Unit = "kW/(m³/min)";

    /// <summary>How far a machine that the standard leaves out may be from what the US expects of an oil-injected one. Chosen.</summary>
    private const double AmericanSpread = 0.15;

    /// <summary>Measures one machine.</summary>
    public static IEnumerable<Claim> Of(CompressorSpec machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        var rated = RatedPoint.Measure(machine);
        var isVariable = machine.Control == CapacityControl.VariableSpeed;
        var points = isVariable
            ? Gb19153.LoadPoints.Select(p => (p.Share, p.Weight, Point: RatedPoint.Measure(machine, p.Share))).ToArray()
            : [(Share: 1.0, Weight: 1.0, Point: rated)];
        var specific = points.Sum(p => p.Weight * p.Point.SpecificPower);
        yield return SpecificPower(machine, rated, specific, isVariable ? "specific power, weighted" : "specific power");
        if (isVariable)
        {
            var off = points.Max(p => Math.Abs(p.Point.FlowM3PerMin / machine.RatedFlowM3PerMin / p.Share - 1));
            yield return new(
                Group, machine.Id, "flow off the load points", off, "1", null, Gb19153.LoadPointTolerance,
                "GB 19153-2019 clause 6.3.3: 100, 70, 40 % within 5 %");
        }
        foreach (var claim in Efficiencies(machine, rated)) yield return claim;
    }

    /// <summary>A measured rated point beside the ideal work.</summary>
    public static IEnumerable<Claim> Efficiencies(CompressorSpec machine, RatedPoint rated)
    {
        ArgumentNullException.ThrowIfNull(machine);
        ArgumentNullException.ThrowIfNull(rated);
        var isentropic = ClosedForms.IdealSpecificPower(machine.RatedGaugeMPa, 1);
        var (least, most, why) = UsualEfficiency(machine.Type);
        yield return new(
            Group, machine.Id, "isentropic efficiency", isentropic / rated.SpecificPower, "1", least, most,
            Text($"limit {isentropic:F3}, measured {rated.SpecificPower:F3} {Unit} at full flow; {why}"));
        if (Stages(machine.Type) is > 1 and var stages)
        {
            var ideal = ClosedForms.IdealSpecificPower(machine.RatedGaugeMPa, stages);
            yield return new(
                Group, machine.Id, Text($"share of the ideal of {stages} stages"), ideal / rated.SpecificPower, "1", 0.5, 0.8,
                Text($"limit {ideal:F3} {Unit} with perfect cooling between; 0.5 to 0.8 chosen"));
        }
    }

    private static Claim SpecificPower(CompressorSpec machine, RatedPoint rated, double specific, string figure)
    {
        if (Gb19153.TableOf(machine) is { } table)
        {
            var limits = Gb19153.LimitsOf(machine, rated.ShaftKilowatts);
            if (limits is null)
                return new(Group, machine.Id, figure, specific, Unit, double.NaN, null, "GB 19153-2019: no such row in the copy");
            var grade = limits.GradeOf(specific) is { } number ? Text($"grade {number}") : "no grade";
            var cooling = table == 3 ? "" : machine.IsWaterCooled ? " liquid" : " air";
            return new(
                Group, machine.Id, figure, Math.Round(specific, 3), Unit, null, limits.Grade3,
                Text($"GB 19153-2019 table {table}, {limits.MotorKilowatts:0.#} kW{cooling}: ") +
                Text($"{limits.Grade1:F1} / {limits.Grade2:F1} / {limits.Grade3:F1}: {grade}"));
        }
        var efficiency = ClosedForms.AmericanEfficiency(
            machine.RatedFlowM3PerMin, machine.Control == CapacityControl.VariableSpeed, machine.IsWaterCooled);
        var american = ClosedForms.IdealSpecificPower(machine.RatedGaugeMPa, 1) / efficiency;
        return new(
            Group, machine.Id, figure, specific, Unit, american * (1 - AmericanSpread), american * (1 + AmericanSpread),
            Text($"outside GB 19153-2019; 10 CFR 431.345 wants {american:F2} of an oil-injected one, ±15 % chosen"));
    }

    /// <summary>Over one-stage isentropic at full flow, package with fans and losses.</summary>
    private static (double Least, double Most, string Why) UsualEfficiency(CompressorType type) => type switch
    {
        CompressorType.OilInjectedScrew => (0.65, 0.88, "0.65 to 0.88: GB 19153-2019, grade 3 at 75 kW air to grade 1 at 200 kW liquid"),
        CompressorType.OilInjectedTwoStageScrew => (0.80, 0.91, "0.80 to 0.91: GB 19153-2019, grade 2 to 1 at 250 to 355 kW liquid"),
        CompressorType.OilFreeTwoStageScrew => (0.65, 0.82, "0.65 to 0.82 chosen: below oil-injected"),
        CompressorType.ReciprocatingOneStage => (0.51, 0.67, "0.51 to 0.67: GB 19153-2019, grade 3 at 7.5 kW to grade 1 at 15 kW"),
        CompressorType.ReciprocatingTwoStage => (0.67, 0.83, "0.67 to 0.83: GB 19153-2019, grade 3 at 75 kW to 5 % better than grade 1"),
        CompressorType.Centrifugal => (0.80, 0.95, "0.80 to 0.95 chosen: intercooled"),
        _ => (double.NaN, double.NaN, "no such type"),
    };

    private static int Stages(CompressorType type) => type switch
    {
        CompressorType.OilInjectedScrew or CompressorType.ReciprocatingOneStage => 1,
        CompressorType.Centrifugal => 3,
        _ => 2,
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

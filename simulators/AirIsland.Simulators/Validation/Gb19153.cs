using System.Globalization;
using AirIsland.Simulators.Physics.Compressors;

namespace AirIsland.Simulators.Validation;

/// <summary>
/// GB 19153-2019: which limits hold for a machine. Specific power is all electricity of the package over its flow at the rated pressure,
/// in air of 20 °C, 100 kPa, dry (clause 6.1); of a variable speed weighted over three flows (clause 6.3.3).
/// </summary>
public static class Gb19153
{
    /// <summary>Flows of the weighted figure as shares of the rated flow (clause 6.3.3), and their weights (table 7: as generally
    /// quoted, the table itself was not seen).</summary>
    public static readonly (double Share, double Weight)[] LoadPoints = [(1, 0.25), (0.7, 0.50), (0.4, 0.25)];

    /// <summary>How far a measured flow may be from its load point (clause 6.3.3), share.</summary>
    public const double LoadPointTolerance = 0.05;

    /// <summary>
    /// A motor belongs to a row when its size is this near, share. Chosen: half a step between sizes. The standard does not interpolate.
    /// </summary>
    private const double NearestSize = 0.1;

    private static readonly Row[] Rows =
    [
        .. Read(1, Gb19153Tables.FixedSpeed, Gb19153Tables.RotaryMPa),
        .. Read(2, Gb19153Tables.VariableSpeed, Gb19153Tables.RotaryMPa),
        .. Read(3, Gb19153Tables.Reciprocating, Gb19153Tables.ReciprocatingMPa),
    ];

    /// <summary>1 to 3; null: the standard does not speak of such a machine (oil-free screws, turbo).</summary>
    public static int? TableOf(CompressorSpec machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        return machine.Type switch
        {
            CompressorType.OilInjectedScrew or CompressorType.OilInjectedTwoStageScrew =>
                machine.Control == CapacityControl.VariableSpeed ? 2 : 1,
            CompressorType.ReciprocatingOneStage or CompressorType.ReciprocatingTwoStage => 3,
            _ => null,
        };
    }

    /// <summary>
    /// The limits for a machine with this shaft power at its rated point; null where <see cref="TableOf"/> is null, or the copy of the
    /// tables has no such motor size or rated pressure.
    /// </summary>
    public static GradeLimits? LimitsOf(CompressorSpec machine, double shaftKilowatts)
    {
        if (TableOf(machine) is not { } table) return null;
        var row = Rows.Where(r => r.Table == table).MinBy(r => Math.Abs(r.MotorKilowatts - shaftKilowatts));
        if (row is null || Math.Abs(row.MotorKilowatts / shaftKilowatts - 1) > NearestSize) return null;
        var limits = Enumerable.Range(1, 3).Select(grade => Limit(table, row.MotorKilowatts, grade, machine)).ToArray();
        return limits is [{ } first, { } second, { } third] ? new(table, row.MotorKilowatts, first, second, third) : null;
    }

    private static double? Limit(int table, double motorKilowatts, int grade, CompressorSpec machine)
    {
        var row = Rows.Single(r => r.Table == table && r.MotorKilowatts == motorKilowatts && r.Grade == grade);
        var column = Array.FindIndex(row.GaugeMPa, mpa => Math.Abs(mpa - machine.RatedGaugeMPa) < 1e-9);
        if (column < 0) return null;
        // Table 3 does not ask how a machine is cooled.
        var cell = row.Cells[column].Split('/');
        return double.TryParse(machine.IsWaterCooled ? cell[^1] : cell[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var limit)
            ? limit
            : null;
    }

    private static IEnumerable<Row> Read(int table, string text, double[] gaugeMPa) =>
        from line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        let words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        select new Row(
            table, double.Parse(words[0], CultureInfo.InvariantCulture), int.Parse(words[1], CultureInfo.InvariantCulture), gaugeMPa,
            words[2..]);

    private sealed record Row(int Table, double MotorKilowatts, int Grade, double[] GaugeMPa, string[] Cells);
}

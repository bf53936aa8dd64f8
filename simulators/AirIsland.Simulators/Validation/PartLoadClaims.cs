using System.Globalization;
using AirIsland.Simulators.Physics.Compressors;

namespace AirIsland.Simulators.Validation;

/// <summary>Measured part load beside the published closed forms, at quarters of the rated flow.</summary>
public static class PartLoadClaims
{
    private const int Quarter = PartLoadCurve.Steps / 4;

    /// <summary>A machine at 0, 25, 50, 75 and 100 % flow.</summary>
    public static IReadOnlyList<PartLoadRow> Rows(PartLoadCurve curve)
    {
        ArgumentNullException.ThrowIfNull(curve);
        return
        [
            .. Enumerable.Range(0, 5).Select(i => new PartLoadRow(
                curve.Machine.Id, i / 4.0, curve.Points[i * Quarter].PowerShare,
                PartLoadForm.PowerShare(curve.Machine, PartLoadCurve.ReceiverMinutes, i / 4.0))),
        ];
    }

    /// <summary>How far the machine is from its closed form at worst, shares of rated power.</summary>
    public static Claim Of(CompressorSpec machine, IReadOnlyList<PartLoadRow> rows)
    {
        ArgumentNullException.ThrowIfNull(machine);
        ArgumentNullException.ThrowIfNull(rows);
        var (tolerance, why) = Tolerance(machine.Control);
        var off = rows.Where(r => r.ClosedForm is not null).Max(r => Math.Abs(r.PowerShare - r.ClosedForm ?? 0));
        return new(
            "part load", machine.Id, "power off its closed form", off, "1", null, tolerance,
            $"{Percent(rows.Select(r => (double?)r.PowerShare))} % of {Percent(rows.Select(r => r.ClosedForm))} %; {why}");
    }

    private static (double Tolerance, string Why) Tolerance(CapacityControl control) => control switch
    {
        CapacityControl.Modulation or CapacityControl.ModulationWithUnloading or CapacityControl.VariableDisplacement =>
            (0.045, "it regulates up to 0.05 MPa beside its rated pressure"),
        CapacityControl.VariableSpeed => (0.10, "MEASUR's line has no efficient middle"),
        CapacityControl.LoadUnload => (0.03, "the form's valves take no time, its sump no air"),
        _ => (0.03, "the band is beside the rated pressure"),
    };

    private static string Percent(IEnumerable<double?> shares) =>
        string.Join(" / ", shares.Select(s => s is { } share ? (share * 100).ToString("0", CultureInfo.InvariantCulture) : "–"));
}

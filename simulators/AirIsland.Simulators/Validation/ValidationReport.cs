using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using AirIsland.Simulators.Physics.Compressors;
using AirIsland.Simulators.Stations;

namespace AirIsland.Simulators.Validation;

/// <summary>The parts run on benches, each figure beside what it is held to.</summary>
public sealed record ValidationReport(ImmutableArray<Claim> Claims, ImmutableArray<PartLoadRow> PartLoad)
{
    /// <summary>All of them.</summary>
    public bool Holds => Claims.All(c => c.Holds);

    /// <summary>Runs everything: some seconds.</summary>
    public static ValidationReport Run(CancellationToken cancellationToken = default)
    {
        var claims = ImmutableArray.CreateBuilder<Claim>();
        var partLoad = ImmutableArray.CreateBuilder<PartLoadRow>();
        foreach (var machine in CompressorCatalogue.All)
        {
            cancellationToken.ThrowIfCancellationRequested();
            claims.AddRange(MachineClaims.Of(machine));
            partLoad.AddRange(PartLoadClaims.Rows(PartLoadCurve.Of(machine)));
        }
        foreach (var machine in CompressorCatalogue.All)
            claims.Add(PartLoadClaims.Of(machine, [.. partLoad.Where(r => r.Machine == machine.Id)]));
        claims.AddRange(LeakClaims.Orifices());
        foreach (var hole in (double[])[3, 6, 10]) claims.Add(LeakClaims.BleedDown(hole, hole));
        foreach (var hole in (double[])[3, 6, 10]) claims.Add(LeakClaims.Duty(hole));
        cancellationToken.ThrowIfCancellationRequested();
        claims.AddRange(BalanceClaims.Machines(CompressorCatalogue.All));
        claims.AddRange(BalanceClaims.Stations([.. Enum.GetValues<DryerKind>().Select(d => ($"{d}", ProvingStations.Park(d)))]));
        return new(claims.ToImmutable(), partLoad.ToImmutable());
    }

    /// <summary>A table, a line for each figure.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        foreach (var group in Claims.GroupBy(c => c.Group))
        {
            text.AppendLine(group.Key);
            foreach (var c in group)
            {
                text.Append(CultureInfo.InvariantCulture, $"  {(c.Holds ? "yes" : "NO "),-4}{c.Subject,-28}{c.Figure,-42}")
                    .AppendLine(CultureInfo.InvariantCulture, $"{Number(c.Value),9} {Bounds(c),-17}{c.Unit,-12}{c.Reference}");
            }
        }
        var broken = Claims.Count(c => !c.Holds);
        return text.Append(
            CultureInfo.InvariantCulture, $"{Claims.Length} figures, {(broken == 0 ? "all hold" : $"{broken} do not hold")}").ToString();
    }

    private static string Bounds(Claim claim) => claim switch
    {
        { Least: { } least, Most: { } most } => $"{Number(least)} to {Number(most)}",
        { Most: { } most } => $"≤ {Number(most)}",
        { Least: { } least } => $"≥ {Number(least)}",
        _ => "",
    };

    private static string Number(double value) =>
        value.ToString(value != 0 && Math.Abs(value) < 1e-3 ? "0.0E+0" : "0.###", CultureInfo.InvariantCulture);
}

using System.Globalization;
using AirIsland.Simulators.Physics;
using AirIsland.Simulators.Physics.Network;

namespace AirIsland.Simulators.Validation;

/// <summary>Holes of known size: what they lose, and what the tests of the field make of it.</summary>
public static class LeakClaims
{
    /// <summary>Discharge coefficient of a sharp edge.</summary>
    public const double SharpEdge = 0.65;

    private const string Group = "leaks";
    private const double Kelvin = 293.15;
    private const double AtmospherePa = 101_325;

    /// <summary>The atmosphere of the published table.</summary>
    private const double TableAtmospherePa = 100_000;

    private static readonly double[] Diameters = [0.5, 1, 2, 3, 4, 5, 6, 10];
    private static readonly double[] Choked = [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8];
    private static readonly double[] Unchoked = [0.01, 0.03, 0.05, 0.07, 0.085];

    private static readonly double[] TableMPa = [0.4, 0.5, 0.6, 0.7, 0.8];

    /// <summary>m³/min FAD through an ideal hole (C_d = 1) by diameter and pressure. Source: the choked-flow formula, tabulated.</summary>
    private static readonly double[][] Table =
    [
        [0.012, 0.014, 0.016, 0.019, 0.021],
        [0.047, 0.056, 0.066, 0.075, 0.084],
        [0.187, 0.225, 0.262, 0.300, 0.337],
        [0.421, 0.505, 0.590, 0.674, 0.758],
        [0.749, 0.899, 1.048, 1.198, 1.348],
        [1.170, 1.404, 1.638, 1.872, 2.106],
        [1.685, 2.022, 2.359, 2.696, 3.033],
        [4.680, 5.616, 6.552, 7.488, 8.424],
    ];

    /// <summary>The hole of the network beside the formulas and the table.</summary>
    public static IEnumerable<Claim> Orifices()
    {
        yield return Formula("choked hole off its formula", Choked, "0.5 to 10 mm, 0.2 to 0.8 MPa(g); C_d 0.65");
        yield return Formula("unchoked hole off its formula", Unchoked, "0.5 to 10 mm, 0.01 to 0.085 MPa(g); Saint-Venant and Wantzel");
        var worst = 0.0;
        for (var d = 0; d < Diameters.Length; d++)
            for (var p = 0; p < TableMPa.Length; p++)
            {
                var measured = Hole(Diameters[d], TableMPa[p], TableAtmospherePa) / SharpEdge;
                worst = Math.Max(worst, Math.Abs(measured - Table[d][p]));
            }
        // Its third digit is rounded; its 0.0019863 has five.
        yield return new(
            Group, "network", "choked hole off the table", worst, "m³/min", null, 0.00052, "40 published values of three decimals, C_d 1");
    }

    /// <summary>A station with a hole of one size, bled down; the claim is that it has a hole of another, or the same.</summary>
    public static Claim BleedDown(double holeMm, double claimedMm)
    {
        var test = Validation.BleedDown.Run(ProvingStations.Holed(holeMm));
        var claimed = ClosedForms.HoleM3PerMin(claimedMm, test.FirstPa, test.OutsidePa, test.Kelvin, SharpEdge);
        return new(
            Group, Text($"station, hole of {claimedMm:0.##} mm"), "leak by bleed-down over the orifice's",
            test.FoundM3PerMin / claimed, "1", 0.99, 1.01,
            Text($"0.7 to 0.6 MPa(g) in {test.Seconds:F0} s: {test.FoundM3PerMin:F3} of {claimed:F3} m³/min; ") +
            Text($"without thermometers {test.WithoutThermometerM3PerMin:F3}"));
    }

    /// <summary>The same station under its own compressor.</summary>
    public static Claim Duty(double holeMm)
    {
        var test = DutyTest.Run(ProvingStations.Holed(holeMm));
        return new(
            Group, Text($"station, hole of {holeMm:0.##} mm"), "leak by loaded time over the true one",
            test.FoundM3PerMin / test.TrueM3PerMin, "1", 0.95, 1.05,
            Text($"loaded {test.LoadedShare:P1} of the time: {test.FoundM3PerMin:F3} of {test.TrueM3PerMin:F3} m³/min; 5 % chosen"));
    }

    private static Claim Formula(string figure, double[] gaugeMPa, string reference)
    {
        var worst = 0.0;
        foreach (var diameter in Diameters)
            foreach (var gauge in gaugeMPa)
            {
                var expected = ClosedForms.HoleM3PerMin(diameter, AtmospherePa + gauge * 1e6, AtmospherePa, Kelvin, SharpEdge);
                worst = Math.Max(worst, Math.Abs(Hole(diameter, gauge, AtmospherePa) / expected - 1));
            }
        return new(Group, "network", figure, worst, "1", null, 1e-6, reference);
    }

    /// <summary>m³/min FAD out of a vessel so large that its pressure stays.</summary>
    private static double Hole(double diameterMm, double gaugeMPa, double outsidePa)
    {
        var builder = new NetworkBuilder();
        var vessel = builder.Node("vessel", 1e6, outsidePa + gaugeMPa * 1e6, Kelvin);
        var network = builder.Build();
        var leak = new Leak("hole", vessel) { DiameterMm = diameterMm };
        leak.Open(outsidePa);
        network.Step(1);
        leak.Count(1);
        return leak.KgPerSecond / DryAir.KgPerFadM3 * 60;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

namespace AirIsland.Simulators.Physics.Treatment;

public sealed partial class RefrigeratedDryer
{
    // Sizing factors of a maker's data sheet (ACT 600 to 5000, section 4.5). Allowed flow = rated · pressure · ambient · inlet · dew point.
    private static readonly Curve ByPressure = new(
        (5.15e5, 0.79), (6.53e5, 0.91), (8.01e5, 1.00), (9.01e5, 1.07), (11.01e5, 1.13), (12.01e5, 1.18), (13.01e5, 1.23), (15.01e5, 1.27));

    private static readonly Curve ByAmbient = new(
        (300.15, 1.11), (305.15, 1.09), (308.15, 1.06), (311.15, 1.00), (313.15, 0.94), (316.15, 0.87), (318.15, 0.78), (323.15, 0.69));

    private static readonly Curve ByInlet = new(
        (305.15, 1.16), (311.15, 1.00), (316.15, 0.82), (323.15, 0.68), (328.15, 0.61), (333.15, 0.52), (338.15, 0.45), (343.15, 0.40));

    /// <summary>
    /// Settled dew point, K, by duty (flow by allowed flow). The data sheet's 3, 5, 7 and 10 °C at 1, 1.08, 1.20 and 1.36, then its
    /// last slope. Chosen: 2 °C without load (data sheets promise 2 to 4 °C).
    /// </summary>
    private static readonly Curve DewPointByDuty = new(
        (0, 275.15), (1, 276.15), (1.08, 278.15), (1.20, 280.15), (1.36, 283.15), (4.36, 339.4));

    private static double Duty(double share, double absolutePa, double kelvin, double ambientKelvin) =>
        share / (ByPressure.At(absolutePa) * ByAmbient.At(ambientKelvin) * ByInlet.At(kelvin));
}

namespace AirIsland.Simulators.Physics.Treatment;

/// <summary>What stands in a pipe and costs pressure. Flow in kg/s of dry air, signed; the drop has the sign of the flow.</summary>
public interface IPressureDrop
{
    /// <summary>Pressure lost from inlet to outlet, Pa, at the inlet's absolute pressure and temperature.</summary>
    double DropPa(double kgPerSecond, double absolutePa, double kelvin);

    /// <summary>∂(drop)/∂(flow), Pa per kg/s; above 0 at every flow, so a solver never divides by nothing.</summary>
    double DropSlope(double kgPerSecond, double absolutePa, double kelvin);
}

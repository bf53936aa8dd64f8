using AirIsland.Quantities;

namespace AirIsland.Simulators.Physics;

/// <summary>The tank between compressors and dryer: an amount of air and, at constant temperature, the pressure that it makes.</summary>
public sealed class Receiver
{
    private readonly double _normalM3PerMPa;

    /// <param name="volumeM3">Geometric volume, m³.</param>
    /// <param name="gaugeMPa">Pressure at the start.</param>
    public Receiver(double volumeM3, double gaugeMPa)
    {
        _normalM3PerMPa = volumeM3 * 1e6 / ReferenceState.Normal.Pascals * (ReferenceState.Normal.Centikelvin / 100.0) / Air.LineKelvin;
        StoredNormalM3 = (gaugeMPa + Air.AtmosphereMPa) * _normalM3PerMPa;
    }

    public double StoredNormalM3 { get; private set; }

    public double GaugeMPa => StoredNormalM3 / _normalM3PerMPa - Air.AtmosphereMPa;

    public void Add(double normalM3) => StoredNormalM3 += normalM3;
}

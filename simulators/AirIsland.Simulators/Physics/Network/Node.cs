namespace AirIsland.Simulators.Physics.Network;

/// <summary>
/// A place that holds air: a receiver, a header, a stretch of pipe. The network moves its mass; who owns it sets its temperature.
/// </summary>
public sealed class Node
{
    private double _kelvin;

    internal Node(string id, int index, double volumeM3, double pa, double kelvin)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(volumeM3);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pa);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(kelvin);
        (Id, Index, VolumeM3, _kelvin) = (id, index, volumeM3, kelvin);
        Kg = pa * volumeM3 / (DryAir.R * kelvin);
        Refresh();
    }

    public string Id { get; }

    public double VolumeM3 { get; }

    /// <summary>Dry air held, kg.</summary>
    public double Kg { get; internal set; }

    /// <summary>Pressure, Pa absolute.</summary>
    public double Pa { get; private set; }

    /// <summary>Temperature of the air in it, K. Changing it changes the pressure, never the mass.</summary>
    public double Kelvin
    {
        get => _kelvin;
        set
        {
            _kelvin = value;
            Refresh();
        }
    }

    internal int Index { get; }

    /// <summary>Flow into the node from outside the network, kg/s; negative: out of it. For the step to come.</summary>
    internal double Injected { get; set; }

    /// <summary>How that changes with the pressure, kg/(s·Pa): not positive.</summary>
    internal double InjectedSlope { get; set; }

    /// <summary>The pressure at the end of the last step as the flows were decided by.</summary>
    internal double SolvedPa { get; set; }

    internal void Refresh() => Pa = Kg * DryAir.R * _kelvin / VolumeM3;
}

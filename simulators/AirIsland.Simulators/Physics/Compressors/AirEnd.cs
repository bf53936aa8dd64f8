namespace AirIsland.Simulators.Physics.Compressors;

/// <summary>What compresses: from the order of the controller and both pressures to air flows and shaft power, means of a step.</summary>
internal abstract class AirEnd
{
    /// <summary>Wear and dirt, as a field so that reading one figure of it copies nothing.</summary>
    public CompressorCondition Condition;

    /// <summary>Speed over full speed.</summary>
    public double Speed { get; protected set; }

    /// <summary>Shaft power over rated shaft power.</summary>
    public double ShaftShare { get; protected set; }

    /// <summary>Dry air, kg/s.</summary>
    public double Intake { get; protected set; }

    /// <summary>Dry air, kg/s.</summary>
    public double Delivered { get; protected set; }

    /// <summary>Blown off or vented, dry air, kg/s.</summary>
    public double Vented { get; protected set; }

    /// <summary>Pressure behind the element, Pa absolute.</summary>
    public double SumpPa { get; protected set; }

    /// <summary>Dry air held in the machine, kg: intake − delivered − vented is its change.</summary>
    public virtual double HeldKg => 0;

    /// <summary>Delivers into the network, after loading.</summary>
    public bool IsOpen { get; protected set; }

    /// <summary>The motor may start: the sump has blown down.</summary>
    public virtual bool CanStart => true;

    /// <summary>The pressure is more than the machine can hold, whatever the controller wants.</summary>
    public bool MustUnload { get; protected set; }

    /// <summary>It runs beyond its surge line.</summary>
    public bool IsSurging { get; protected set; }

    public abstract void Step(double seconds, in Surroundings around, double dischargePa, AirEndMode mode, double capacity);
}

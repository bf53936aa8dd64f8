namespace AirIsland.Simulators.Physics.Consumers;

/// <summary>A machine's run within a shift, whole seconds since the midnight of a day; the day before is below 0.</summary>
internal readonly record struct MachineRun(int Start, int Warm, int Stop)
{
    public bool IsEmpty => Stop <= Start;
}

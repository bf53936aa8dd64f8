namespace AirIsland.Simulators.Physics.Compressors;

internal enum AirEndMode
{
    Standing,
    Starting,
    Unloaded,
    Delivering,
}

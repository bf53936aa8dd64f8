using AirIsland.Edge.Metering;

namespace AirIsland.Edge.Pipeline;

/// <summary>What an operator remembers of each tag, by slot. Not thread-safe.</summary>
internal sealed class SlotStates<T>(TagRegistry tags)
    where T : struct
{
    private T[] _states = new T[tags.Count];

    public ref T this[uint slot]
    {
        get
        {
            if (slot >= _states.Length) Array.Resize(ref _states, Math.Max((int)slot + 1, tags.Count));
            return ref _states[slot];
        }
    }
}

namespace AirIsland.Edge.Drivers.Sparkplug;

/// <summary>
/// Puts the messages of a node into the order of their numbers, 0 following 255. What comes too early waits, up to 64 messages. Not
/// thread-safe.
/// </summary>
internal sealed class ReorderWindow<T>
{
    private const int Capacity = 64;

    private readonly Dictionary<byte, T> _early = [];
    private byte _next;

    /// <summary>How many wait for one before them.</summary>
    public int Waiting => _early.Count;

    /// <summary>Begins with that number. Returns what waited, and is gone.</summary>
    public IReadOnlyList<T> Begin(byte next)
    {
        T[] gone = [.. _early.Values];
        _next = next;
        _early.Clear();
        return gone;
    }

    /// <summary>What is in turn now, in order. False when the message cannot wait: too many do, or one of its number does.</summary>
    public bool TryAdd(byte number, T message, out IReadOnlyList<T> ready)
    {
        ready = [];
        if (number != _next) return _early.Count < Capacity && _early.TryAdd(number, message);
        var inTurn = new List<T> { message };
        for (_next++; _early.Remove(_next, out var early); _next++) inTurn.Add(early);
        ready = inTurn;
        return true;
    }
}

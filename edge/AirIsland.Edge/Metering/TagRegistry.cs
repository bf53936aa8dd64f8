namespace AirIsland.Edge.Metering;

/// <summary>
/// Every tag this process has known. A declaration keeps its place, its <em>slot</em>, for the life of the process: readings name tags by
/// slot, so that the site may change while they are on their way. A tag that is declared anew gets another slot, as it gets another
/// series. Thread-safe.
/// </summary>
public sealed class TagRegistry
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TagDeclaration, uint> _slots = [];
    private TagDeclaration[] _declarations = [];

    /// <summary>Slots so far: 0 up to it, exclusive. Never shrinks.</summary>
    public int Count => Volatile.Read(ref _declarations).Length;

    public TagDeclaration this[uint slot] => Volatile.Read(ref _declarations)[slot];

    /// <summary>The slots of these, in their order; new ones for those not known yet.</summary>
    public uint[] SlotsOf(IReadOnlyList<TagDeclaration> declarations)
    {
        ArgumentNullException.ThrowIfNull(declarations);
        lock (_gate)
        {
            var all = new List<TagDeclaration>(_declarations);
            foreach (var declaration in declarations.Where(d => _slots.TryAdd(d, (uint)all.Count))) all.Add(declaration);
            Volatile.Write(ref _declarations, [.. all]);
            return [.. declarations.Select(d => _slots[d])];
        }
    }
}

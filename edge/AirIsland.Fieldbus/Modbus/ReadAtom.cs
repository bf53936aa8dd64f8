using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Fieldbus.Modbus;

/// <summary>Points that no plan and no bisection parts: one value, the values of one register, or what must be read together.</summary>
internal sealed class ReadAtom
{
    private readonly List<ProfilePoint> _points = [];

    private ReadAtom(RegisterTable table) => Table = table;

    public RegisterTable Table { get; }

    public int Address { get; private set; } = int.MaxValue;

    // An int: the end of a point at 65535 is no ushort any more.
    public int End { get; private set; }

    public IReadOnlyList<ProfilePoint> Points => _points;

    /// <summary>The points as atoms, by table and address.</summary>
    public static List<ReadAtom> Of(IEnumerable<ProfilePoint> points)
    {
        var atoms = new List<ReadAtom>();
        foreach (var point in points.OrderBy(p => p.Table).ThenBy(p => p.Address))
        {
            var atom = new ReadAtom(point.Table);
            foreach (var bound in atoms.Where(a => a.Table == point.Table && a.Holds(point)).ToList())
            {
                bound._points.ForEach(atom.Add);
                atoms.Remove(bound);
            }

            atom.Add(point);
            atoms.Add(atom);
        }

        return [.. atoms.OrderBy(a => a.Table).ThenBy(a => a.Address)];
    }

    public ReadBlock Block() => Block([this]);

    /// <summary>One read of neighbouring atoms.</summary>
    public static ReadBlock Block(IReadOnlyList<ReadAtom> atoms)
    {
        var address = atoms.Min(a => a.Address);
        var points = atoms.SelectMany(a => a.Points).OrderBy(p => p.Address);
        return new ReadBlock(atoms[0].Table, (ushort)address, atoms.Max(a => a.End) - address, [.. points]);
    }

    private bool Holds(ProfilePoint point) =>
        _points.Exists(p => p.Address == point.Address || (p.ReadTogether is not null && p.ReadTogether == point.ReadTogether));

    private void Add(ProfilePoint point)
    {
        _points.Add(point);
        Address = Math.Min(Address, point.Address);
        End = Math.Max(End, point.Address + point.RegisterCount);
    }
}

using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Simulators.Devices;

/// <summary>
/// A device that answers by a device profile, with all of its points, from one reading function. Holds the count of the samples that
/// were handed out; who brings an answer to its client adds to it. Read it under the plant's lock; the counter is safe at any time.
/// </summary>
public sealed class ProfileDevice
{
    private const int WidestPoint = 4;

    private readonly Func<string, decimal> _read;
    private readonly Dictionary<string, ProfilePoint> _points;
    private readonly ILookup<RegisterTable, ProfilePoint> _tables;
    private long _served;

    /// <param name="id">Name in logs and for the bench.</param>
    /// <param name="profile">Its map.</param>
    /// <param name="ratio">PT × CT of its transformers; 1 without.</param>
    /// <param name="read">Point name → engineering value.</param>
    /// <exception cref="ArgumentException">The profile has a point that <paramref name="read"/> does not know.</exception>
    public ProfileDevice(string id, DeviceProfile profile, decimal ratio, Func<string, decimal> read)
    {
        ArgumentNullException.ThrowIfNull(profile);
        (Id, Profile, _read) = (id, profile, read);
        _points = profile.Points.Select(point => point.WithRatio(ratio)).ToDictionary(point => point.Name);
        _tables = _points.Values.ToLookup(point => point.Table);
        foreach (var point in _points.Keys) Shows(point);
    }

    public string Id { get; }

    public DeviceProfile Profile { get; }

    public IReadOnlyCollection<ProfilePoint> Points => _points.Values;

    /// <summary>Samples handed out so far: points wholly in an answered read, values in an acknowledged message.</summary>
    public long ServedSamples => Interlocked.Read(ref _served);

    /// <summary>Requests or messages, and what became of them.</summary>
    public DeviceTraffic Traffic { get; } = new();

    /// <summary>What the display shows, a whole multiple of the point's resolution. Looking is not serving.</summary>
    /// <exception cref="ArgumentException">The device has no such point.</exception>
    public decimal Shows(string point)
    {
        if (!_points.TryGetValue(point, out var known)) throw new ArgumentException($"{Id} has no point '{point}'", nameof(point));
        return PointCodec.ToCount(known, _read(point)) * known.Resolution;
    }

    /// <summary>Counts samples as handed out; fewer than none takes back what did not arrive.</summary>
    public void Serve(int samples) => Interlocked.Add(ref _served, samples);

    /// <summary>Points that a read of these registers holds whole.</summary>
    public int PointsIn(RegisterTable table, int address, int count) =>
        _tables[table].Count(point => point.Address >= address && End(point) <= address + count);

    /// <summary>Answers a read. Unused registers inside the map hold 0, as in real devices.</summary>
    /// <exception cref="ModbusException">The range leaves the map.</exception>
    public void Read(RegisterTable table, ushort address, Span<ushort> into)
    {
        var points = _tables[table];
        var end = address + into.Length;
        if (!points.Any() || address < points.Min(point => point.Address) || end > points.Max(End))
            throw new ModbusException(table == RegisterTable.Input ? (byte)4 : (byte)3, ModbusExceptionCode.IllegalDataAddress);

        into.Clear();
        Span<ushort> registers = stackalloc ushort[WidestPoint];
        foreach (var point in points)
        {
            if (point.Address >= end || End(point) <= address) continue;
            var own = registers[..point.RegisterCount];
            PointCodec.Encode(point, _read(point.Name), own);
            for (var i = 0; i < own.Length; i++)
                if (point.Address + i - address is var at && at >= 0 && at < into.Length) into[at] = own[i];
        }
    }

    private static int End(ProfilePoint point) => point.Address + point.RegisterCount;
}

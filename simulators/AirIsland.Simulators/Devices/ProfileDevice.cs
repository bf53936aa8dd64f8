using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Simulators.Devices;

/// <summary>
/// A device that answers by a device profile, with all of its points, from one reading function. Holds the count of the samples that
/// were handed out; who brings an answer to its client adds to it. Read it under the plant's lock; the counter is safe at any time.
/// </summary>
public sealed class ProfileDevice
{
    /// <summary>What refusals of a write are named by, also of a write of one register.</summary>
    internal const byte WriteFunction = 16;

    private const int WidestPoint = 125;

    private readonly Func<string, decimal> _read;
    private readonly ISettable? _settings;
    private readonly Dictionary<string, ProfilePoint> _points;
    private readonly ILookup<RegisterTable, ProfilePoint> _tables;
    private long _served, _takenWrites, _refusedWrites;

    /// <param name="id">Name in logs and for the bench.</param>
    /// <param name="profile">Its map.</param>
    /// <param name="ratio">PT × CT of its transformers; 1 without.</param>
    /// <param name="read">Point name → engineering value.</param>
    /// <param name="settings">What takes the writable points; null: nothing can be written.</param>
    /// <exception cref="ArgumentException">The profile has a point that <paramref name="read"/> does not know.</exception>
    public ProfileDevice(string id, DeviceProfile profile, decimal ratio, Func<string, decimal> read, ISettable? settings = null)
    {
        ArgumentNullException.ThrowIfNull(profile);
        (Id, Profile, _read) = (id, profile, read);
        _settings = profile.Points.Any(point => point.Writable) ? settings : null;
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

    /// <summary>Writes that were taken.</summary>
    public long TakenWrites => Interlocked.Read(ref _takenWrites);

    /// <summary>Writes that were refused; they changed nothing.</summary>
    public long RefusedWrites => Interlocked.Read(ref _refusedWrites);

    /// <summary>What the display shows, a whole multiple of the point's resolution. Looking is not serving.</summary>
    /// <exception cref="ArgumentException">The device has no such point.</exception>
    public decimal Shows(string point)
    {
        if (!_points.TryGetValue(point, out var known)) throw new ArgumentException($"{Id} has no point '{point}'", nameof(point));
        return PointCodec.ToCount(known, _read(point)) * known.Resolution;
    }

    /// <summary>The digits that a meter of DL/T 645 shows, in the unit of its format. Looking is not serving.</summary>
    public decimal Digits(ProfilePoint point)
    {
        ArgumentNullException.ThrowIfNull(point);
        return PointCodec.ToDigits(point, _read(point.Name));
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
            // Points may share a register, each with bits of its own.
            own.Clear();
            for (var i = 0; i < own.Length; i++)
                if (point.Address + i - address is var at && at >= 0 && at < into.Length) own[i] = into[at];
            Encode(point, _read(point.Name), own);
            for (var i = 0; i < own.Length; i++)
                if (point.Address + i - address is var at && at >= 0 && at < into.Length) into[at] = own[i];
        }
    }

    /// <summary>Takes a write of holding registers, all or nothing: whole writable points side by side, each within its range.</summary>
    /// <exception cref="ModbusException">
    /// Nothing is changed. Code 1: nothing can be written at all; 2: no whole point there, or one to be read only; 3: out of its range, or
    /// the device cannot take it.
    /// </exception>
    public void Write(ushort address, ReadOnlySpan<ushort> registers)
    {
        try
        {
            if (_settings is null) throw Refusal(ModbusExceptionCode.IllegalFunction);
            _settings.Take(ValuesOf(address, registers));
        }
        catch (ModbusException)
        {
            Interlocked.Increment(ref _refusedWrites);
            throw;
        }
        Interlocked.Increment(ref _takenWrites);
    }

    private static ModbusException Refusal(ModbusExceptionCode code) => new(WriteFunction, code);

    private Dictionary<string, decimal> ValuesOf(ushort address, ReadOnlySpan<ushort> registers)
    {
        var (at, end) = ((int)address, address + registers.Length);
        var values = new Dictionary<string, decimal>();
        foreach (var point in _tables[RegisterTable.Holding].Where(p => p.Address < end && End(p) > address).OrderBy(p => p.Address))
        {
            if (point.Address != at || End(point) > end || !point.Writable) throw Refusal(ModbusExceptionCode.IllegalDataAddress);
            var value = PointCodec.ToEngineering(point, registers.Slice(at - address, point.RegisterCount));
            if (!(value >= point.Minimum && value <= point.Maximum)) throw Refusal(ModbusExceptionCode.IllegalDataValue);
            values.Add(point.Name, value.Value);
            at = End(point);
        }
        return at == end ? values : throw Refusal(ModbusExceptionCode.IllegalDataAddress);
    }

    private static void Encode(ProfilePoint point, decimal value, Span<ushort> registers)
    {
        // A broken display shows what is none of its codes: to whoever reads it, no state.
        if (point is { Kind: PointKind.State, Map: { } map } && map.Values.All(state => state != value))
            PointCodec.Encode(point with { Map = null }, 0, registers);
        else PointCodec.Encode(point, value, registers);
    }

    private static int End(ProfilePoint point) => point.Address + point.RegisterCount;
}

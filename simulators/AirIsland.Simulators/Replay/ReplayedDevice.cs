using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Profiles;
using AirIsland.Simulators.Devices;

namespace AirIsland.Simulators.Replay;

/// <summary>
/// A device that shows the row it was given last. Used under one lock with all devices of the replay: one row is one instant.
/// </summary>
public sealed class ReplayedDevice
{
    private readonly Dictionary<string, decimal?> _values;
    private readonly (int Index, string Name)[] _inputs;
    private readonly GapRule _gaps;

    /// <param name="device">Where it is found, and its constants.</param>
    /// <param name="profile">Its map.</param>
    /// <param name="sources">All sources of the replay, in the order of a row's values.</param>
    /// <param name="gaps">What it shows for a missing value.</param>
    public ReplayedDevice(ReplayDevice device, DeviceProfile profile, IReadOnlyList<PointSource> sources, GapRule gaps)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(profile);
        (Device, Profile, _gaps) = (device, profile, gaps);
        _values = device.Points.Keys.ToDictionary(point => point, _ => (decimal?)null);
        _inputs =
        [
            .. sources.Index().Where(source => source.Item.Device == device.Id).Select(source => (source.Index, source.Item.Point.Name)),
        ];
        // A point without a value reads 0 here, and never gets further: whoever serves asks Answers first.
        Face = new(device.Id, profile, device.Ratio, point => _values.GetValueOrDefault(point) ?? 0);
    }

    public ReplayDevice Device { get; }

    public DeviceProfile Profile { get; }

    /// <summary>What it looks like from outside, and how much it served.</summary>
    public ProfileDevice Face { get; }

    /// <summary>Whether the point is part of the replay at all.</summary>
    public bool Has(string point) => _values.ContainsKey(point);

    /// <summary>Whether it has a value to show for the point now.</summary>
    public bool Answers(string point) => _values.GetValueOrDefault(point) is not null;

    /// <summary>A constant of the description.</summary>
    public void Set(string point, decimal value) => _values[point] = value;

    public void Take(ReplayRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        foreach (var (index, name) in _inputs)
            if (row.Values[index] is { } value) _values[name] = value;
            else if (_gaps == GapRule.Refuse) _values[name] = null;
    }

    /// <summary>Answers a read as <see cref="ProfileDevice"/> does, if it has a value for every point that the read touches.</summary>
    /// <exception cref="ModbusException">
    /// Code 2: the range leaves the map, or touches a point that is not replayed. Code 4: a gap.
    /// </exception>
    public void Read(RegisterTable table, ushort address, Span<ushort> into)
    {
        foreach (var point in Profile.Points)
        {
            if (point.Table != table || point.Address >= address + into.Length || point.Address + point.RegisterCount <= address) continue;
            if (!Has(point.Name)) throw Refusal(table, ModbusExceptionCode.IllegalDataAddress);
            if (!Answers(point.Name)) throw Refusal(table, ModbusExceptionCode.ServerDeviceFailure);
        }
        Face.Read(table, address, into);
    }

    private static ModbusException Refusal(RegisterTable table, ModbusExceptionCode code) =>
        new(table == RegisterTable.Input ? (byte)4 : (byte)3, code);
}

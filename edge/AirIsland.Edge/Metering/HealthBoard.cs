using System.Collections.Concurrent;

namespace AirIsland.Edge.Metering;

/// <summary>
/// How every device of the site is doing, whatever it speaks. Drivers put a gauge on it for each of their devices and take it off when the
/// device leaves. Thread-safe.
/// </summary>
/// <param name="real">Real time, also where the site lives on a scaled clock: sockets know no other.</param>
public sealed class HealthBoard(TimeProvider real)
{
    private readonly ConcurrentDictionary<string, DeviceGauge> _gauges = new(StringComparer.Ordinal);

    public TimeProvider Real => real;

    /// <summary>Every device, by id.</summary>
    public IReadOnlyList<DeviceHealth> Devices => [.. _gauges.Values.OrderBy(g => g.Device, StringComparer.Ordinal).Select(g => g.Read())];

    /// <summary>A fresh gauge, in the place of one that the device may have had.</summary>
    public DeviceGauge Add(string device) => _gauges[device] = new(device, real);

    public void Remove(DeviceGauge gauge)
    {
        ArgumentNullException.ThrowIfNull(gauge);
        _gauges.TryRemove(new(gauge.Device, gauge));
    }

    /// <summary>Null when no driver has such a device.</summary>
    public DeviceHealth? Find(string device) => _gauges.TryGetValue(device, out var gauge) ? gauge.Read() : null;
}

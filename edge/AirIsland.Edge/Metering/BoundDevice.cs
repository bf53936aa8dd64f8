using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Edge.Metering;

/// <summary>A configured device with its profile, its points tied to tag numbers.</summary>
public sealed record BoundDevice(DeviceOptions Options, DeviceProfile Profile, IReadOnlyList<BoundGroup> Groups);

using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Simulators.Replay;

/// <summary>A description that holds together: its times can be read, its devices exist, and every column has a way to its point.</summary>
public sealed class ReplayPlan
{
    internal ReplayPlan(
        ReplayDescription description, TimeReader time, DateTimeOffset? begin, IReadOnlyList<PointSource> sources,
        IReadOnlyList<ReplayedDevice> devices)
    {
        (Description, Time, Begin, Sources, Devices) = (description, time, begin, sources, devices);
        Columns = sources.Select(source => source.From.Column ?? "").Append(description.Time.Column).ToHashSet();
    }

    public ReplayDescription Description { get; }

    public TimeReader Time { get; }

    public DateTimeOffset? Begin { get; }

    /// <summary>One for every point with a column.</summary>
    public IReadOnlyList<PointSource> Sources { get; }

    public IReadOnlyList<ReplayedDevice> Devices { get; }

    /// <summary>The columns that are used.</summary>
    public IReadOnlySet<string> Columns { get; }

    public bool Speaks => Devices.Any(device => device.Profile.Protocol == DeviceProtocol.MqttJson);
}

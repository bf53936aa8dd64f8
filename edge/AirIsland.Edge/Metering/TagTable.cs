using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Edge.Metering;

/// <summary>
/// Every tag of the site, sorted by id: a tag's place in <see cref="Tags"/> is its number in blocks and in the catalogue.
/// </summary>
public sealed class TagTable
{
    private TagTable(IReadOnlyList<TagDeclaration> tags, IReadOnlyList<BoundDevice> devices)
    {
        Tags = tags;
        Devices = devices;
    }

    public IReadOnlyList<TagDeclaration> Tags { get; }

    public IReadOnlyList<BoundDevice> Devices { get; }

    /// <summary>Ties every point of every device to its tag. Profiles are by name.</summary>
    /// <exception cref="ArgumentException">Two devices claim one tag.</exception>
    public static TagTable Bind(string station, IReadOnlyList<DeviceOptions> devices, IReadOnlyDictionary<string, DeviceProfile> profiles)
    {
        ArgumentNullException.ThrowIfNull(devices);
        ArgumentNullException.ThrowIfNull(profiles);
        var tags = devices
            .SelectMany(d => Sampled(profiles[d.Profile]).Select(p => TagDeclaration.Of(station, d, d.Profile, p)))
            .OrderBy(t => t.Id, StringComparer.Ordinal)
            .ToArray();
        var numbers = new Dictionary<string, uint>(StringComparer.Ordinal);
        for (var i = 0; i < tags.Length; i++)
        {
            if (!numbers.TryAdd(tags[i].Id, (uint)i))
                throw new ArgumentException($"tag '{tags[i].Id}' comes from {tags[i - 1].Source} and {tags[i].Source}", nameof(devices));
        }
        return new(tags, [.. devices.Select(d => Bind(station, d, profiles[d.Profile], numbers))]);
    }

    // A text can be read, but is no sample.
    private static IEnumerable<ProfilePoint> Sampled(DeviceProfile profile) => profile.Points.Where(p => p.Kind != PointKind.Text);

    private static BoundDevice Bind(string station, DeviceOptions device, DeviceProfile profile, Dictionary<string, uint> numbers)
    {
        var groups = Sampled(profile).GroupBy(p => p.Group).Select(g => new BoundGroup(
            $"{device.Id}/{g.Key}",
            g.Key,
            profile.Groups[g.Key],
            g.Any(p => p.Kind == PointKind.Register) ? ScanContent.Registers : ScanContent.Levels,
            [.. g.Select(p => new BoundPoint(numbers[$"{station}/{device.Asset}/{p.Name}"], p.WithRatio(device.Ratio)))]));
        return new(device, profile, [.. groups]);
    }
}

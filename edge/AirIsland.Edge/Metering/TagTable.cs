using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Edge.Metering;

/// <summary>
/// The site as it is configured at one time. Tags are sorted by id: a tag's place in <see cref="Tags"/> is its number in blocks and in
/// the catalogue.
/// </summary>
public sealed class TagTable
{
    private readonly Dictionary<uint, uint> _numbers;

    private TagTable(
        IReadOnlyList<TagDeclaration> tags, uint[] slots, IReadOnlyList<BoundDevice> devices, IReadOnlyList<BoundFormula> formulas)
    {
        Tags = tags;
        Devices = devices;
        Formulas = formulas;
        _numbers = slots.Index().ToDictionary(s => s.Item, s => (uint)s.Index);
    }

    public IReadOnlyList<TagDeclaration> Tags { get; }

    public IReadOnlyList<BoundDevice> Devices { get; }

    /// <summary>The calculated tags, each after those that it needs.</summary>
    public IReadOnlyList<BoundFormula> Formulas { get; }

    /// <summary>The number in the catalogue of the tag in a slot.</summary>
    /// <exception cref="KeyNotFoundException">This site has no such tag.</exception>
    public uint NumberOf(uint slot) => _numbers[slot];

    /// <summary>Ties every point of every device, and every formula, to its tag. Profiles are by name; endpoints by id.</summary>
    /// <exception cref="ArgumentException">Two devices claim one tag.</exception>
    /// <exception cref="FormulaException">An expression is no formula.</exception>
    public static TagTable Bind(
        string station,
        IReadOnlyList<DeviceOptions> devices,
        IReadOnlyList<EndpointOptions> endpoints,
        IReadOnlyDictionary<string, DeviceProfile> profiles,
        TagRegistry registry,
        IReadOnlyList<CalculatedOptions>? calculated = null)
    {
        ArgumentNullException.ThrowIfNull(devices);
        ArgumentNullException.ThrowIfNull(profiles);
        ArgumentNullException.ThrowIfNull(registry);
        var tags = devices
            .SelectMany(d => Sampled(profiles[d.Profile]).Select(p => TagDeclaration.Of(station, d, d.Profile, p)))
            .Concat((calculated ?? []).Select(c => CalculationPlan.Declare(station, c)))
            .OrderBy(t => t.Id, StringComparer.Ordinal)
            .ToArray();
        for (var i = 1; i < tags.Length; i++)
        {
            if (tags[i].Id == tags[i - 1].Id)
                throw new ArgumentException($"tag '{tags[i].Id}' comes from {tags[i - 1].Source} and {tags[i].Source}", nameof(devices));
        }
        var slots = registry.SlotsOf(tags);
        var byId = tags.Zip(slots).ToDictionary(t => t.First.Id, t => t.Second, StringComparer.Ordinal);
        var lines = endpoints.ToDictionary(e => e.Id, StringComparer.Ordinal);
        return new(
            tags, slots, [.. devices.Select(d => Bind(station, d, LineOf(d, lines), profiles[d.Profile], byId))],
            [.. CalculationPlan.Order(calculated ?? []).Ordered.Select(c => Bind(station, c, byId))]);
    }

    // A text can be read, but is no sample.
    private static IEnumerable<ProfilePoint> Sampled(DeviceProfile profile) => profile.Points.Where(p => p.Kind != PointKind.Text);

    private static EndpointOptions? LineOf(DeviceOptions device, Dictionary<string, EndpointOptions> lines) =>
        device.Endpoint is not { } name ? null
        : lines.TryGetValue(name, out var line) ? line
        : lines.Values.FirstOrDefault(l => l.Address.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? EndpointOptions.At(name);

    private static BoundDevice Bind(
        string station, DeviceOptions device, EndpointOptions? line, DeviceProfile profile, Dictionary<string, uint> slots)
    {
        var groups = Sampled(profile).GroupBy(p => p.Group).Select(g => new BoundGroup(
            $"{device.Id}/{g.Key}",
            g.Key,
            profile.Groups[g.Key],
            g.Any(p => p.Kind == PointKind.Register) ? ScanContent.Registers : ScanContent.Levels,
            [.. g.Select(p => new BoundPoint(slots[$"{station}/{device.Asset}/{p.Name}"], p.WithRatio(device.Ratio)))]));
        return new(device, line, profile, [.. groups]);
    }

    private static BoundFormula Bind(string station, CalculatedOptions options, Dictionary<string, uint> slots)
    {
        var (formula, tag) = (Formula.Parse(options.Expression), CalculationPlan.Declare(station, options));
        uint[] inputs = [.. formula.Inputs.Select(i => slots[$"{station}/{i}"])];
        return new(slots[tag.Id], tag.Group, formula, inputs, (double)options.Resolution, options.MaxAge);
    }
}

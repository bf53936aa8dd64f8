using System.Text.Json;
using AirIsland.Edge.Metering;

namespace AirIsland.Edge.Configuration;

/// <summary>
/// What becomes of a site when other settings come into force: devices by id, and settings by path that only a restart brings into
/// force.
/// </summary>
public sealed record SettingsChange(
    IReadOnlyList<string> Begin,
    IReadOnlyList<string> End,
    IReadOnlyList<string> Differ,
    int GoOn,
    IReadOnlyList<string> NeedRestart)
{
    /// <summary>Whether nothing changes for devices and calculated tags.</summary>
    public bool IsNone => Begin.Count + End.Count + Differ.Count == 0 && !Calculated;

    /// <summary>Whether calculated tags begin, end or differ.</summary>
    public bool Calculated { get; init; }

    public static SettingsChange Between(SiteSettings before, SiteSettings after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var registry = new TagRegistry();
        var old = before.Bind(registry).Devices.ToDictionary(d => d.Options.Id, d => d.Hash);
        var now = after.Bind(registry).Devices.ToDictionary(d => d.Options.Id, d => d.Hash);
        var differ = now.Where(d => old.TryGetValue(d.Key, out var hash) && hash != d.Value).Select(d => d.Key).ToArray();
        return new(
            [.. now.Keys.Except(old.Keys).Order(StringComparer.Ordinal)],
            [.. old.Keys.Except(now.Keys).Order(StringComparer.Ordinal)],
            [.. differ.Order(StringComparer.Ordinal)],
            now.Count(d => old.TryGetValue(d.Key, out var hash) && hash == d.Value),
            [.. Fixed(before.Options, after.Options)])
        {
            Calculated = !before.Options.Calculated.SequenceEqual(after.Options.Calculated),
        };
    }

    public override string ToString() =>
        $"begin: {List(Begin)}; end: {List(End)}; differ: {List(Differ)}; go on: {GoOn}"
        + (Calculated ? "; calculated tags differ" : "")
        + (NeedRestart.Count == 0 ? "" : $"; need a restart: {List(NeedRestart)}");

    // Everything but the devices and their lines was handed out when the process began.
    private static IEnumerable<string> Fixed(EdgeOptions before, EdgeOptions after)
    {
        var (old, now) = (JsonSerializer.SerializeToElement(before), JsonSerializer.SerializeToElement(after));
        return old.EnumerateObject()
            .Where(p => !EdgeOptions.Changeable.Contains(p.Name) && !JsonElement.DeepEquals(p.Value, now.GetProperty(p.Name)))
            .Select(p => $"{EdgeOptions.Section}:{p.Name}");
    }

    private static string List(IReadOnlyList<string> names) => names.Count == 0 ? "none" : string.Join(", ", names);
}

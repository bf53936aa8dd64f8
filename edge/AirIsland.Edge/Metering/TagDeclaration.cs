using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Edge.Metering;

/// <summary>
/// What one tag is: a profile's point at a device's asset. <see cref="Resolution"/> has the device's transformer ratio in it; range and
/// modulus are in counts.
/// </summary>
public sealed record TagDeclaration
{
    /// <summary><c>station/asset[/port]/Quantity</c>.</summary>
    public required string Id { get; init; }

    public required PointKind Kind { get; init; }

    public required string Medium { get; init; }

    /// <summary>UCUM code.</summary>
    public required string Unit { get; init; }

    public required decimal Resolution { get; init; }

    public string? ReferenceState { get; init; }

    public long? Minimum { get; init; }

    public long? Maximum { get; init; }

    public long? Modulus { get; init; }

    public string? Serial { get; init; }

    public string? Class { get; init; }

    /// <summary><c>device/group</c>.</summary>
    public required string Group { get; init; }

    /// <summary>Where it comes from: device, profile, point.</summary>
    public required string Source { get; init; }

    /// <summary>The point of a device, as a tag.</summary>
    public static TagDeclaration Of(string station, DeviceOptions device, string profile, ProfilePoint point)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(point);
        var scaled = point.WithRatio(device.Ratio);
        return new()
        {
            Id = $"{station}/{device.Asset}/{point.Name}",
            Kind = point.Kind,
            Medium = point.Medium,
            Unit = point.Unit,
            Resolution = scaled.Resolution,
            ReferenceState = point.State,
            Minimum = Counts(scaled, scaled.Minimum),
            Maximum = Counts(scaled, scaled.Maximum),
            Modulus = Counts(scaled, scaled.Modulus),
            Serial = device.Serial,
            Class = device.Class,
            Group = $"{device.Id}/{point.Group}",
            Source = $"{device.Id}/{profile}/{point.Name}",
        };
    }

    private static long? Counts(ProfilePoint point, decimal? value) => value is { } v ? PointCodec.ToCount(point, v) : null;
}

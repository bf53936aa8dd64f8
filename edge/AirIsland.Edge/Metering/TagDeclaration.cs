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

    /// <summary>A level that has moved no further than this since its last sample gives none; in counts, 0: every scan counts.</summary>
    public long Deadband { get; init; }

    /// <summary>After this time a level with a deadband gives a sample anyhow.</summary>
    public TimeSpan MaxInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The fastest change that is possible, in counts a second.</summary>
    public double? MaxRate { get; init; }

    /// <summary>A level that shows one value for so long is frozen.</summary>
    public TimeSpan? FrozenAfter { get; init; }

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
            Deadband = DeadbandOf(scaled),
            MaxInterval = scaled.Change.MaxInterval ?? TimeSpan.FromMinutes(1),
            MaxRate = (double?)(scaled.Change.MaxRate / scaled.Resolution),
            FrozenAfter = scaled.Change.FrozenAfter,
            Serial = device.Serial,
            Class = device.Class,
            Group = $"{device.Id}/{point.Group}",
            Source = $"{device.Id}/{profile}/{point.Name}",
        };
    }

    // Rounded down: no change that was promised is left out.
    private static long DeadbandOf(ProfilePoint point)
    {
        var amount = point.Change.Deadband ?? (point.Change.DeadbandPercent / 100 * (point.Maximum - point.Minimum)) ?? 0;
        return (long)decimal.Floor(amount / point.Resolution);
    }

    private static long? Counts(ProfilePoint point, decimal? value) => value is { } v ? PointCodec.ToCount(point, v) : null;
}

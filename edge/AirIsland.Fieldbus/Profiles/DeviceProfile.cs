using AirIsland.Fieldbus.Dlt645;

namespace AirIsland.Fieldbus.Profiles;

/// <summary>
/// The map of one kind of device, read from a JSON file: its points, their scan groups, and what the device can answer at once.
/// The edge reads devices by it and the simulators serve by it.
/// </summary>
public sealed record DeviceProfile
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>Where the map was found.</summary>
    public required string Source { get; init; }

    public required DeviceProtocol Protocol { get; init; }

    /// <summary>Registers the device answers in one read.</summary>
    public int MaxRegisters { get; init; } = 125;

    /// <summary>Coils or discrete inputs the device answers in one read.</summary>
    public int MaxCoils { get; init; } = 2000;

    /// <summary>Unused registers worth reading to save a request.</summary>
    public int MaxGap { get; init; } = 8;

    /// <summary>Which edition of DL/T 645 the meter speaks. Null for other devices.</summary>
    public DltEdition? Edition { get; init; }

    /// <summary>
    /// Where a JSON message carries its instant, e.g. <c>ts</c>. Null: it carries none, it is of when it arrived. Null unless MQTT.
    /// </summary>
    public string? TimestampPath { get; init; }

    /// <summary>What an instant counts that is a number; a text with an offset (ISO 8601) needs no saying.</summary>
    public TimestampUnit TimestampUnit { get; init; }

    /// <summary>
    /// Where a JSON message says which run of the device it is of: anything that is another after each start, e.g. a count. Null: nowhere.
    /// With it and <see cref="UptimePath"/> a clock that was never set can be put right.
    /// </summary>
    public string? BootPath { get; init; }

    /// <summary>Where a JSON message says how long that run had lasted, a number in <see cref="UptimeUnit"/>. Null: nowhere.</summary>
    public string? UptimePath { get; init; }

    /// <summary>What <see cref="UptimePath"/> counts.</summary>
    public TimestampUnit UptimeUnit { get; init; }

    /// <summary>Scan group → default period.</summary>
    public required IReadOnlyDictionary<string, TimeSpan> Groups { get; init; }

    public required IReadOnlyList<ProfilePoint> Points { get; init; }

    /// <summary>Reads a profile. <paramref name="origin"/> names it in mistakes: the file's path.</summary>
    /// <exception cref="ProfileException">It is no profile; lists every mistake.</exception>
    public static DeviceProfile Load(Stream json, string origin)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentException.ThrowIfNullOrWhiteSpace(origin);
        return ProfileReader.Read(json, origin);
    }
}

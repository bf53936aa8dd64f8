using System.Collections.Immutable;
using System.Globalization;
using AirIsland.Domain.Stations;
using AirIsland.Domain.Twin;
using AirIsland.Quantities;
using AirIsland.Web.Shell;
using NodaTime;

namespace AirIsland.Web.Twin.Patch;

/// <summary>Turns the frames of one station into patches: only what the page shows, formatted, in the language of the circuit.</summary>
public sealed class PatchMapper(Station station)
{
    /// <summary>What stands where a value is Bad: never a zero, never the last value.</summary>
    public const string NoValue = "– –?";

    private readonly ImmutableHashSet<string> _shown = StationTags.Shown(station);
    private readonly DateTimeZone _zone = DateTimeZoneProviders.Tzdb[station.Zone];

    public TwinPatch Map(TwinFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        return new(Clock(frame.At), frame.At?.ToUnixTimeSeconds(), [.. frame.Values.Where(v => _shown.Contains(v.Tag.Value)).Select(Map)]);
    }

    private static PatchValue Map(TwinValue value)
    {
        var why = QualityText.Of(value.Quality);
        var patch = value.Tag.Quantity == "OperatingState" ? MapState(value, why) : MapLevel(value, why);
        return patch with { State = value.State is { } state ? ReferenceStateText.Of(ReferenceState.Parse(state)) : null };
    }

    private static PatchValue MapState(TwinValue value, string? why)
    {
        int? code = value.Value is { } number && number == decimal.Truncate(number) ? (int)number : null;
        var word = code is { } known ? OperatingState.Word(known) : Cultures.Pick("状态未知", "Unknown");
        return new(value.Tag.Value, word, code, OperatingState.Class(code), why);
    }

    private static PatchValue MapLevel(TwinValue value, string? why)
    {
        if (value.Value is not { } number)
            return new(value.Tag.Value, NoValue, null, "bad", why);
        var text = ReadingFormat.Of(value.Tag).Write(number);
        return value.Quality.Level == QualityLevel.Good
            ? new(value.Tag.Value, text, (double)number, "good", null)
            : new(value.Tag.Value, "≈" + text, (double)number, "uncertain", why);
    }

    private string? Clock(Instant? at) =>
        at?.InZone(_zone).ToString("uuuu-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}

using System.Collections.Immutable;
using System.Text.Json.Serialization;
using AirIsland.Simulators.Physics.Calendar;

namespace AirIsland.Simulators.Scenarios.Recording;

/// <summary>
/// A day of the site: what the State Council made of it, and how long each company was in a shift, h of the whole day, also where the
/// scenario begins or ends within it.
/// </summary>
public sealed record DayTruth(
    DateOnly Day, [property: JsonConverter(typeof(JsonStringEnumConverter<DayKind>))] DayKind Kind,
    ImmutableSortedDictionary<string, double> ShiftHours);

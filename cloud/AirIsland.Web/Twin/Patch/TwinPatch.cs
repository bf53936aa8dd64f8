using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace AirIsland.Web.Twin.Patch;

/// <summary>
/// A frame as the browser gets it. <see cref="Clock"/> is the newest instant in the site's zone, <see cref="Seconds"/> the same as Unix
/// seconds for the time axis of the sparklines.
/// </summary>
public sealed record TwinPatch(
    [property: JsonPropertyName("clock")] string? Clock,
    [property: JsonPropertyName("seconds")] double? Seconds,
    [property: JsonPropertyName("values")] ImmutableArray<PatchValue> Values);

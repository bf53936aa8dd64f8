using System.Text.Json.Serialization;

namespace AirIsland.Web.Twin.Patch;

/// <summary>
/// One tag on its way to the picture: <see cref="Text"/> is what a person reads, <see cref="Number"/> what bars and pipes need (none when
/// Bad), <see cref="Mark"/> the class that shows its quality or machine state, <see cref="Why"/> the reason when it is not good,
/// <see cref="State"/> the reference state of an amount of air.
/// </summary>
public sealed record PatchValue(
    [property: JsonPropertyName("t")] string Tag,
    [property: JsonPropertyName("s")] string Text,
    [property: JsonPropertyName("v")] double? Number,
    [property: JsonPropertyName("m")] string Mark,
    [property: JsonPropertyName("w")] string? Why)
{
    [JsonPropertyName("c")]
    public string? State { get; init; }
}

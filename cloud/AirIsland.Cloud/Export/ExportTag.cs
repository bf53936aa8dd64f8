using AirIsland.Domain.Metering;

namespace AirIsland.Cloud.Export;

/// <summary>What a tag is, as the HTTP API says it; value = count × <see cref="Resolution"/> in <see cref="Unit"/>.</summary>
public sealed record ExportTag(
    string Id, TagKind Kind, string Medium, string Unit, decimal Resolution, string ReferenceState, long? Modulus, string MeterSerial)
{
    /// <summary>The tag without its station.</summary>
    public string Place => Id[(Id.IndexOf('/', StringComparison.Ordinal) + 1)..];

    public Tag ToTag() => new(TagId.Parse(Id), Kind, Medium, Unit, Resolution)
    {
        State = ReferenceState.Length == 0 ? null : Quantities.ReferenceState.Parse(ReferenceState),
        Modulus = Modulus,
        MeterSerial = MeterSerial,
    };
}

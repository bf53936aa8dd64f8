using AirIsland.Quantities;

namespace AirIsland.Domain.Metering;

/// <summary>
/// What a tag declares: value = count × <see cref="Resolution"/> in <see cref="Unit"/> (UCUM). <see cref="State"/> is set for air
/// volumes and flows. <see cref="Modulus"/> is the count at which a register starts again from zero.
/// </summary>
public sealed record Tag(TagId Id, TagKind Kind, string Medium, string Unit, decimal Resolution)
{
    public ReferenceState? State { get; init; }

    public long? Modulus { get; init; }

    public string MeterSerial { get; init; } = "";

    public string MeterClass { get; init; } = "";

    /// <summary>
    /// Whether samples of the other declaration belong to the same series. A change of kind, unit, resolution, reference state, width or
    /// meter starts a new one, and no interval spans two.
    /// </summary>
    public bool IsSameSeries(Tag other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return (Id, Kind, Unit, Resolution, State, Modulus, MeterSerial)
            == (other.Id, other.Kind, other.Unit, other.Resolution, other.State, other.Modulus, other.MeterSerial);
    }

    /// <summary>Count to value.</summary>
    public decimal Value(long count) => count * Resolution;
}

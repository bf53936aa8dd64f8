namespace AirIsland.Fieldbus.Dlt645;

/// <summary>A meter answered, and refused: the line is sound and the next request may follow.</summary>
public sealed class DltException(MeterAddress meter, DltIdentifier identifier, DltRefusal reason)
    : Exception($"Meter {meter} refused {identifier}: {reason} ({(int)reason:X2})")
{
    public MeterAddress Meter { get; } = meter;

    public DltIdentifier Identifier { get; } = identifier;

    public DltRefusal Reason { get; } = reason;
}

namespace AirIsland.Fieldbus.Profiles;

/// <summary>
/// The order in which a device sends the bytes of a value, A being the most significant. A 16-bit value only asks whether its two
/// bytes are swapped: profiles write AB (here <see cref="ABCD"/>) or BA (here <see cref="BADC"/>).
/// </summary>
public enum RegisterOrder
{
    ABCD,
    CDAB,
    BADC,
    DCBA,
}

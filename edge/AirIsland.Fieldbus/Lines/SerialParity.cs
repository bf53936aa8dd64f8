namespace AirIsland.Fieldbus.Lines;

/// <summary>The parity bit of a serial character.</summary>
public enum SerialParity
{
    None,
    Odd,
    Even,
}

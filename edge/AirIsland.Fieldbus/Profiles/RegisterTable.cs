namespace AirIsland.Fieldbus.Profiles;

/// <summary>The four address spaces of a Modbus device: two of 16-bit registers, two of bits.</summary>
public enum RegisterTable
{
    Holding,
    Input,
    Coil,
    DiscreteInput,
}

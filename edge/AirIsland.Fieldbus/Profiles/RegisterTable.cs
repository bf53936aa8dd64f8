namespace AirIsland.Fieldbus.Profiles;

/// <summary>The four address spaces of a Modbus device. Holding and input registers are served; the bit tables are named only.</summary>
public enum RegisterTable
{
    Holding,
    Input,
    Coil,
    DiscreteInput,
}

namespace AirIsland.Fieldbus.Dlt645;

/// <summary>Which edition of DL/T 645 a meter speaks. They share the frame; control codes and identifiers differ.</summary>
public enum DltEdition
{
    /// <summary>Identifiers of two bytes, read with control code 01.</summary>
    Edition1997 = 1997,

    /// <summary>Identifiers of four bytes, read with control code 11.</summary>
    Edition2007 = 2007,
}

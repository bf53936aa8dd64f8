namespace AirIsland.Fieldbus.Dlt645;

/// <summary>The control byte: three flags and a function, whose number depends on the edition.</summary>
public static class DltControl
{
    public const byte FromMeter = 0x80;
    public const byte Refused = 0x40;
    public const byte HasMore = 0x20;
    public const byte FunctionMask = 0x1F;

    /// <summary>2007 only: which address have you?</summary>
    public const byte ReadAddress = 0x13;

    public static byte Read(DltEdition edition) => edition == DltEdition.Edition1997 ? (byte)0x01 : (byte)0x11;

    public static byte ReadNext(DltEdition edition) => edition == DltEdition.Edition1997 ? (byte)0x02 : (byte)0x12;
}

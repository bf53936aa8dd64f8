namespace AirIsland.Fieldbus.Dlt645;

/// <summary>Why a meter refuses, as bits of its answer. The editions agree but for the lowest two.</summary>
[Flags]
public enum DltRefusal
{
    None = 0,

    /// <summary>2007: another error. 1997: illegal data.</summary>
    Other = 0x01,

    /// <summary>2007: no such data. 1997: wrong identifier.</summary>
    NoSuchData = 0x02,

    /// <summary>Wrong password, or not authorised.</summary>
    NotAuthorised = 0x04,

    /// <summary>2007 only.</summary>
    BaudRateFixed = 0x08,

    TooManySeasons = 0x10,
    TooManyDayPeriods = 0x20,
    TooManyTariffs = 0x40,
}

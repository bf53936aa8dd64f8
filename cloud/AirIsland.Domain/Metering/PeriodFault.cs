namespace AirIsland.Domain.Metering;

/// <summary>What is wrong with a field of a typed period.</summary>
public enum PeriodFault
{
    Missing,
    NotADate,
    NotAfterStart,
    TooLong,
    OutOfRange,
}

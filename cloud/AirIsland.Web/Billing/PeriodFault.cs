namespace AirIsland.Web.Billing;

/// <summary>What is wrong with a field of a typed period.</summary>
public enum PeriodFault
{
    Missing,
    NotADate,
    NotAfterStart,
}

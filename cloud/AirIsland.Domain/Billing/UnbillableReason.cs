namespace AirIsland.Domain.Billing;

/// <summary>Why a period cannot be billed.</summary>
public enum UnbillableReason
{
    NoReads,
    PeriodNotCovered,
    RegisterBroken,
    ClockDoubted,
    NoContract,
    ContractChangesInside,
    NoReferenceState,
}

namespace AirIsland.Domain.Billing;

/// <summary>Why a period cannot be billed.</summary>
public enum UnbillableReason
{
    NoReads,
    PeriodNotCovered,
    RegisterBackwards,
    NoContract,
    ContractChangesInside,
    NoReferenceState,
}

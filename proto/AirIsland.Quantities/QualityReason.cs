namespace AirIsland.Quantities;

/// <summary>Why a sample is not Good. The numbers are on the wire and in the store: never reuse one.</summary>
public enum QualityReason
{
    None = 0,
    Substituted = 1,
    OutOfRange = 2,
    Frozen = 3,
    Clock = 4,
    Communication = 5,
    SuspectRegister = 6,
    Historical = 7,
    Configuration = 8,
}

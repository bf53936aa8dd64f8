using NodaTime;

namespace AirIsland.Domain.Billing;

/// <summary>
/// No bill can be made, and why. <see cref="FirstRead"/> and <see cref="LastRead"/> tell what reads there are, null where there are none.
/// </summary>
public sealed record Unbillable(UnbillableReason Reason, string Detail, Instant? FirstRead, Instant? LastRead) : BillOutcome;

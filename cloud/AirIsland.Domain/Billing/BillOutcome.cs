namespace AirIsland.Domain.Billing;

/// <summary>What asking for a bill gives: a <see cref="Bill"/>, or <see cref="Unbillable"/> with the reason a person can act on.</summary>
public abstract record BillOutcome;

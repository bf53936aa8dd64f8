namespace AirIsland.Simulators.Validation;

/// <summary>One machine at one flow of the bench: shares of rated flow and power; the closed form is null where there is none.</summary>
public sealed record PartLoadRow(string Machine, double FlowShare, double PowerShare, double? ClosedForm);

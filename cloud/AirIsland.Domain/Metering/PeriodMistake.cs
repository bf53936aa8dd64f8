namespace AirIsland.Domain.Metering;

/// <summary>A field of a typed period (<c>from</c> or <c>to</c>) and what is wrong with it.</summary>
public readonly record struct PeriodMistake(string Field, PeriodFault Fault);

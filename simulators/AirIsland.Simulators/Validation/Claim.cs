namespace AirIsland.Simulators.Validation;

/// <summary>One figure of the validation: what the parts gave, and the bounds between which it must lie.</summary>
/// <param name="Group">machines, part load, leaks or balances.</param>
/// <param name="Subject">The machine or part.</param>
/// <param name="Figure">What was measured.</param>
/// <param name="Value">Measured.</param>
/// <param name="Unit">Of value and bounds; 1: a ratio.</param>
/// <param name="Least">Null: no bound.</param>
/// <param name="Most">Null: no bound.</param>
/// <param name="Reference">What it is held to, and whose figure that is.</param>
public sealed record Claim(
    string Group, string Subject, string Figure, double Value, string Unit, double? Least, double? Most, string Reference)
{
    /// <summary>A figure that is no number holds nothing.</summary>
    public bool Holds => Value >= (Least ?? double.NegativeInfinity) && Value <= (Most ?? double.PositiveInfinity);
}

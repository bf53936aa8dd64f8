namespace AirIsland.Simulators.Scenarios.Recording;

/// <summary>A register: what it showed first and last, and the true amount between, in its unit and at its meter's state.</summary>
public sealed record RegisterRecord(string Point, decimal First, decimal Last, double Passed)
{
    internal RegisterRecord Since(RegisterRecord start) => this with { First = start.Last, Passed = Passed - start.Passed };
}

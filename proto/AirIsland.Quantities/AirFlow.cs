namespace AirIsland.Quantities;

/// <summary>Volume flow of air, m³/min (UCUM <c>m3/min</c>) at a reference state. Instantaneous, so double.</summary>
public readonly record struct AirFlow(double CubicMetresPerMinute, ReferenceState State)
{
    public AirFlow At(ReferenceState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return new(CubicMetresPerMinute * State.To(state).ToDouble(), state);
    }
}

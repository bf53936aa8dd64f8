namespace AirIsland.Quantities;

/// <summary>An amount of air: cubic metres (UCUM <c>m3</c>) at a reference state. Accumulated and billed, so decimal.</summary>
public readonly record struct AirVolume(decimal CubicMetres, ReferenceState State)
{
    /// <exception cref="ArgumentException">The states differ: convert first.</exception>
    public static AirVolume operator +(AirVolume a, AirVolume b) =>
        a.State == b.State
            ? a with { CubicMetres = a.CubicMetres + b.CubicMetres }
            : throw new ArgumentException($"cannot add m3 at {a.State} and m3 at {b.State}", nameof(b));

    public static SpecificEnergy operator /(Energy energy, AirVolume volume) =>
        new(energy.KilowattHours / volume.CubicMetres, volume.State);

    public static AirVolume Add(AirVolume left, AirVolume right) => left + right;

    /// <summary>The same air at another state. Not for bills: those convert register counts exactly.</summary>
    public AirVolume At(ReferenceState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return new(CubicMetres * State.To(state).ToDecimal(), state);
    }
}

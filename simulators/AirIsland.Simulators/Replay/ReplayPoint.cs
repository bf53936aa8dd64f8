namespace AirIsland.Simulators.Replay;

/// <summary>
/// Where one point of a device gets its values: a column, or a constant. What is shown is cell × factor + offset in
/// <see cref="Unit"/>, brought to the unit of the profile.
/// </summary>
public sealed record ReplayPoint
{
    /// <summary>Header of the column, exactly as in the file.</summary>
    public string? Column { get; init; }

    /// <summary>Instead of a column: the same value always, in <see cref="Unit"/>.</summary>
    public decimal? Value { get; init; }

    /// <summary>UCUM code of the cell's unit; null: the profile's.</summary>
    public string? Unit { get; init; }

    public decimal Factor { get; init; } = 1;

    public decimal Offset { get; init; }
}

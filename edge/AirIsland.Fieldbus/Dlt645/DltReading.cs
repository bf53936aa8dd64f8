namespace AirIsland.Fieldbus.Dlt645;

/// <summary>What a meter answered.</summary>
/// <param name="Meter">
/// The address that the answer came with. Exact, unless a meter that was asked by a wildcard answers with it: some of 1997 do.
/// </param>
/// <param name="Item">What was asked.</param>
/// <param name="Values">
/// At least one; a block has as many as the meter sends, in the order of <see cref="DltItem.Members"/>. Null is missing: the meter
/// filled the digits with none.
/// </param>
public sealed record DltReading(MeterAddress Meter, DltItem Item, IReadOnlyList<decimal?> Values)
{
    /// <summary>The first, or only, number.</summary>
    public decimal? Value => Values[0];
}

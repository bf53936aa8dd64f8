namespace AirIsland.Fieldbus.Dlt645;

/// <summary>
/// Finds the meters of a line by masks. The standard's shortened addresses fix the lowest pairs of digits and leave the others open, so
/// a mask whose answers collide is split by its lowest open pair.
/// </summary>
public static class DltSearch
{
    /// <summary>Every meter has it: forward active energy.</summary>
    public static DltIdentifier Probe(DltEdition edition) => DltIdentifier.Parse(edition == DltEdition.Edition1997 ? "9010" : "00010000");

    /// <summary>The exact addresses in ascending order, given what a line says to a mask.</summary>
    public static async Task<IReadOnlyList<MeterAddress>> RunAsync(
        Func<MeterAddress, CancellationToken, Task<DltHeard>> listen, CancellationToken ct)
    {
        var found = new SortedSet<MeterAddress>(Comparer<MeterAddress>.Create(
            (one, other) => string.CompareOrdinal(one.ToString(), other.ToString())));
        await SplitAsync(MeterAddress.Any, 0).ConfigureAwait(false);
        return [.. found];

        async Task SplitAsync(MeterAddress mask, int pairs)
        {
            var heard = await listen(mask, ct).ConfigureAwait(false);
            found.UnionWith(heard.Meters.Where(meter => meter.IsExact));
            // A meter may answer with the wildcard it was asked with; then its own address is still to be found.
            var isClear = !heard.WasDamaged && heard.Meters.All(meter => meter.IsExact);
            for (var number = 0; !isClear && pairs < MeterAddress.Length && number < 100; number++)
                await SplitAsync(mask.With(pairs, number), pairs + 1).ConfigureAwait(false);
        }
    }
}

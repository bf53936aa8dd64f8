namespace AirIsland.Fieldbus.Dlt645;

/// <summary>What stands behind an identifier: one number, or a block of numbers that have identifiers of their own.</summary>
/// <param name="Identifier">What is asked for.</param>
/// <param name="Name">In the trade's words.</param>
/// <param name="Format">Of each number.</param>
/// <param name="Members">
/// The identifiers of the numbers, in their order: the item itself, or those of a block, of which a meter may send the first few.
/// </param>
/// <param name="Source">Where identifier and format come from.</param>
public sealed record DltItem(
    DltIdentifier Identifier, string Name, DltFormat Format, IReadOnlyList<DltIdentifier> Members, string Source)
{
    /// <summary>The numbers of an answer; null when its length fits no count of them.</summary>
    internal IReadOnlyList<decimal?>? Decode(ReadOnlySpan<byte> data)
    {
        var count = data.Length / Format.Bytes;
        if (data.Length % Format.Bytes != 0 || count == 0 || count > Members.Count)
            return null;
        var values = new decimal?[count];
        for (var i = 0; i < count; i++)
            values[i] = Format.Decode(data.Slice(i * Format.Bytes, Format.Bytes));
        return values;
    }

    internal byte[] Encode(IReadOnlyList<decimal?> values)
    {
        var data = new byte[values.Count * Format.Bytes];
        for (var i = 0; i < values.Count; i++)
            Format.Encode(values[i], data.AsSpan(i * Format.Bytes, Format.Bytes));
        return data;
    }
}

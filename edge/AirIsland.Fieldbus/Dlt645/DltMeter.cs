namespace AirIsland.Fieldbus.Dlt645;

/// <summary>
/// A meter that answers: what it is asked for it looks up, one number an identifier. It can be read and nothing else; for anything but
/// reading it is silent. Its functions are called by all who ask at once, and must be safe for that.
/// </summary>
/// <param name="address">Twelve digits.</param>
/// <param name="edition">What it speaks; it is silent to the other.</param>
/// <param name="registers">
/// The identifiers it knows, each with its present value in the unit of <see cref="DltItems"/>; null is sent as missing. Blocks are made
/// of them and need no entry. Its own address (04000401) it knows by itself.
/// </param>
public sealed class DltMeter(MeterAddress address, DltEdition edition, IReadOnlyDictionary<DltIdentifier, Func<decimal?>> registers)
{
    private const string OwnAddress = "04000401";
    private const int MinData = 12;

    public MeterAddress Address { get; } = address.IsExact
        ? address
        : throw new ArgumentException($"{address} names no single meter", nameof(address));

    /// <summary>Items of its own, or in other formats than those of <see cref="DltItems"/>.</summary>
    public IReadOnlyList<DltItem> Items { get; init; } = [];

    /// <summary>Most data bytes in a frame of its answers; what is longer follows in further frames, in the edition of 2007.</summary>
    public int MaxData
    {
        get;
        init => field = value is >= MinData and <= DltFrame.MaxData
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"{MinData} to {DltFrame.MaxData}");
    }

    = DltFrame.MaxData;

    /// <summary>Null where the meter is silent: it was not asked, or not to be read.</summary>
    public DltFrame? Answer(DltFrame request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.IsAnswer || !request.Address.Covers(Address))
            return null;
        if (request.Control == DltControl.ReadAddress && edition == DltEdition.Edition2007 && request.Data.IsEmpty)
            return AnswerAddress(request);
        return request.Control == DltControl.Read(edition) || request.Control == DltControl.ReadNext(edition) ? Read(request) : null;
    }

    private DltFrame AnswerAddress(DltFrame request)
    {
        var data = new byte[MeterAddress.Length];
        Address.Write(data);
        return Reply(request, 0, data);
    }

    private DltFrame Read(DltFrame request)
    {
        if (DltIdentifier.Read(edition, request.Data.Span) is not { } identifier || Payload(identifier) is not { } payload)
            return Reply(request, DltControl.Refused, [(byte)DltRefusal.NoSuchData]);
        if (edition == DltEdition.Edition1997)
            return Reply(request, 0, [.. request.Data.Span[..identifier.Length], .. payload]);

        var isFollowing = request.Control == DltControl.ReadNext(edition);
        var number = isFollowing ? request.Data.Span[^1] : (byte)0;
        // Both kinds of frame hold as much, so that the number of a frame says where its data begin.
        var size = MaxData - identifier.Length - 1;
        var begin = number * size;
        if (begin >= payload.Length || isFollowing == (number == 0))
            return Reply(request, DltControl.Refused, [(byte)DltRefusal.NoSuchData]);
        var end = Math.Min(begin + size, payload.Length);
        byte[] sequence = isFollowing ? [number] : [];
        var flags = end < payload.Length ? DltControl.HasMore : (byte)0;
        return Reply(request, flags, [.. request.Data.Span[..identifier.Length], .. payload[begin..end], .. sequence]);
    }

    /// <summary>The data of an item, or of a block as far as the meter knows its members; null for what it does not know.</summary>
    private byte[]? Payload(DltIdentifier identifier)
    {
        if ((Items.FirstOrDefault(own => own.Identifier == identifier) ?? DltItems.Find(identifier)) is not { } item)
            return null;
        var known = item.Members.Select(Register).TakeWhile(register => register is not null);
        var values = known.Select(register => register?.Invoke()).ToArray();
        return values.Length > 0 ? item.Encode(values) : null;
    }

    private Func<decimal?>? Register(DltIdentifier identifier)
    {
        if (registers.TryGetValue(identifier, out var register))
            return register;
        return identifier == DltIdentifier.Parse(OwnAddress)
            ? () => decimal.Parse(Address.ToString(), System.Globalization.CultureInfo.InvariantCulture)
            : null;
    }

    private DltFrame Reply(DltFrame request, byte flags, ReadOnlySpan<byte> data) =>
        new(Address, (byte)(DltControl.FromMeter | flags | request.Function), data);
}

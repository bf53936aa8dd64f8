namespace AirIsland.Fieldbus.Dlt645;

/// <summary>A question, and which frame answers it.</summary>
internal sealed class DltRequest
{
    /// <summary>Null where the question has no identifier: it asks for the address.</summary>
    private readonly DltIdentifier? _identifier;

    /// <summary>Which following frame is asked for; the edition of 1997 does not number them.</summary>
    private readonly byte? _sequence;

    private readonly DltFrame _frame;

    private DltRequest(MeterAddress meter, byte function, DltIdentifier? identifier, byte? sequence)
    {
        (_identifier, _sequence) = (identifier, sequence);
        var data = new byte[(identifier?.Length ?? 0) + (sequence is null ? 0 : 1)];
        identifier?.Write(data);
        if (sequence is { } number)
            data[^1] = number;
        _frame = new DltFrame(meter, function, data);
    }

    public static DltRequest Read(MeterAddress meter, DltIdentifier identifier) =>
        new(meter, DltControl.Read(identifier.Edition), identifier, null);

    /// <param name="meter">Who began to answer.</param>
    /// <param name="identifier">What was asked for.</param>
    /// <param name="number">1 for the first frame that follows.</param>
    public static DltRequest ReadNext(MeterAddress meter, DltIdentifier identifier, byte number) =>
        new(meter, DltControl.ReadNext(identifier.Edition), identifier, identifier.Edition == DltEdition.Edition1997 ? null : number);

    public static DltRequest ReadAddress() => new(MeterAddress.Any, DltControl.ReadAddress, null, null);

    public byte[] Encode(int preamble) => _frame.Encode(preamble);

    public override string ToString() =>
        _identifier is { } identifier ? $"meter {_frame.Address} did not answer {identifier}" : "no meter told its address";

    /// <summary>
    /// Whether a frame answers: from a meter that was asked, to this function, about this identifier and sequence number. A refusal
    /// carries a reason only.
    /// </summary>
    public bool IsAnsweredBy(DltFrame frame)
    {
        if (!frame.IsAnswer || frame.Function != _frame.Function || !_frame.Address.Covers(frame.Address))
            return false;
        var data = frame.Data.Span;
        if (frame.IsRefusal)
            return data.Length == 1;
        return _identifier is { } identifier
            ? DltIdentifier.Read(identifier.Edition, data) == identifier && (_sequence is null || IsNumbered(data))
            : data.Length == MeterAddress.Length;
    }

    /// <summary>The numbers in a frame that answers, without identifier and sequence number.</summary>
    public ReadOnlyMemory<byte> Payload(DltFrame answer) =>
        answer.Data[(_identifier?.Length ?? 0)..^(_sequence is null ? 0 : 1)];

    private bool IsNumbered(ReadOnlySpan<byte> data) => data.Length > _frame.Data.Length - 1 && data[^1] == _sequence;
}

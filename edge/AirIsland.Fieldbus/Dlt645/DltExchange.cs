namespace AirIsland.Fieldbus.Dlt645;

/// <summary>A request that a meter has heard, and what it would say.</summary>
/// <param name="Meter">Whose answer it is.</param>
/// <param name="Request">As it was heard.</param>
/// <param name="Answer">As the meter means it.</param>
/// <param name="Preamble">Bytes FE ahead of the answer.</param>
public sealed record DltExchange(MeterAddress Meter, DltFrame Request, DltFrame Answer, int Preamble)
{
    /// <summary>What was asked for; null when it was the address, or nothing that a meter knows.</summary>
    public DltIdentifier? Identifier =>
        Request.Function == DltControl.ReadAddress ? null : DltIdentifier.Read(Edition, Request.Data.Span);

    private DltEdition Edition =>
        Request.Function is 0x01 or 0x02 ? DltEdition.Edition1997 : DltEdition.Edition2007;

    /// <summary>The bytes of the answer on the wire.</summary>
    public byte[] Encode() => Answer.Encode(Preamble);

    /// <summary>The same answer as another meter would give it.</summary>
    public byte[] OfNextMeter()
    {
        Span<byte> address = stackalloc byte[MeterAddress.Length];
        Meter.Write(address);
        address[0] = (byte)(address[0] == 0 ? 1 : 0);
        return new DltFrame(MeterAddress.Read(address), Answer.Control, Answer.Data.Span).Encode(Preamble);
    }

    /// <summary>A refusal instead of the answer.</summary>
    public byte[] Refused(DltRefusal reason) => new DltFrame(
        Meter, (byte)(DltControl.FromMeter | DltControl.Refused | Request.Function), [(byte)reason]).Encode(Preamble);
}

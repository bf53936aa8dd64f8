namespace AirIsland.Fieldbus.Dlt645;

/// <summary>
/// One frame: 68, address, 68, control, length, data, checksum, 16. Its data are as the meter means them, without the 33 that the line
/// adds to each byte. Both editions share it.
/// </summary>
public sealed class DltFrame
{
    /// <summary>Most data bytes of a frame, by the standard.</summary>
    public const int MaxData = 200;

    /// <summary>Longest frame, without preamble.</summary>
    internal const int MaxLength = MaxData + Overhead;

    /// <summary>What wakes a sleeping receiver; any number of it may come before a frame.</summary>
    internal const byte Preamble = 0xFE;

    internal const byte Start = 0x68;

    private const byte End = 0x16;
    private const byte Offset = 0x33;
    private const int SecondStart = 1 + MeterAddress.Length;
    private const int ControlIndex = SecondStart + 1;
    private const int LengthIndex = ControlIndex + 1;
    private const int DataIndex = LengthIndex + 1;
    private const int Overhead = DataIndex + 2;

    /// <exception cref="ArgumentException">More than <see cref="MaxData"/> bytes.</exception>
    public DltFrame(MeterAddress address, byte control, ReadOnlySpan<byte> data)
    {
        if (data.Length > MaxData)
            throw new ArgumentException($"{data.Length} data bytes; a frame takes {MaxData}", nameof(data));
        (Address, Control, Data) = (address, control, data.ToArray());
    }

    public MeterAddress Address { get; }

    public byte Control { get; }

    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>Whether a meter sent it.</summary>
    public bool IsAnswer => (Control & DltControl.FromMeter) != 0;

    /// <summary>Whether a meter could not do what it was asked; one data byte says why.</summary>
    public bool IsRefusal => (Control & DltControl.Refused) != 0;

    /// <summary>Whether more data follow, and are to be asked for.</summary>
    public bool HasMore => (Control & DltControl.HasMore) != 0;

    /// <summary>The control byte without its flags.</summary>
    public byte Function => (byte)(Control & DltControl.FunctionMask);

    /// <summary>The whole frame if the bytes are exactly one, without preamble; null for anything else.</summary>
    public static DltFrame? Parse(ReadOnlySpan<byte> bytes) =>
        Check(bytes) is { } length && length > 0 && length == bytes.Length ? Read(bytes) : null;

    /// <param name="preamble">How many bytes FE go ahead.</param>
    public byte[] Encode(int preamble = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(preamble);
        var bytes = new byte[preamble + Overhead + Data.Length];
        bytes.AsSpan(0, preamble).Fill(Preamble);
        var frame = bytes.AsSpan(preamble);
        frame[0] = frame[SecondStart] = Start;
        Address.Write(frame[1..]);
        frame[ControlIndex] = Control;
        frame[LengthIndex] = (byte)Data.Length;
        for (var i = 0; i < Data.Length; i++)
            frame[DataIndex + i] = unchecked((byte)(Data.Span[i] + Offset));
        frame[^2] = Sum(frame[..^2]);
        frame[^1] = End;
        return bytes;
    }

    public override string ToString() => $"{Address} {Control:X2} {Convert.ToHexString(Data.Span)}";

    /// <summary>Length of the frame at the start of the bytes, 0 while it may still become one, null when it never will.</summary>
    internal static int? Check(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > 0 && bytes[0] != Start)
            return null;
        if (bytes.Length > SecondStart && bytes[SecondStart] != Start)
            return null;
        if (bytes.Length <= LengthIndex)
            return 0;
        if (bytes[LengthIndex] > MaxData)
            return null;
        var length = Overhead + bytes[LengthIndex];
        if (bytes.Length < length)
            return 0;
        return bytes[length - 1] == End && bytes[length - 2] == Sum(bytes[..(length - 2)]) ? length : null;
    }

    /// <summary>Reads what <see cref="Check"/> found to be a frame.</summary>
    internal static DltFrame Read(ReadOnlySpan<byte> bytes)
    {
        Span<byte> data = stackalloc byte[bytes[LengthIndex]];
        for (var i = 0; i < data.Length; i++)
            data[i] = unchecked((byte)(bytes[DataIndex + i] - Offset));
        return new DltFrame(MeterAddress.Read(bytes[1..]), bytes[ControlIndex], data);
    }

    private static byte Sum(ReadOnlySpan<byte> bytes)
    {
        var sum = 0;
        foreach (var part in bytes)
            sum += part;
        return unchecked((byte)sum);
    }
}

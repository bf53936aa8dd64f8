using AirIsland.Fieldbus.Lines;

namespace AirIsland.Edge.Metering;

/// <summary>One line to devices, and how it wants to be treated. All times are real time; null: the driver's default.</summary>
public sealed record EndpointOptions
{
    private static readonly TimeSpan LongestRestOfPort = TimeSpan.FromSeconds(5);

    /// <summary>Name by which devices refer to it: <c>[a-z0-9-]{1,32}</c>, unique.</summary>
    public string Id { get; init; } = "";

    /// <summary><c>host:port</c>, <c>serial:/dev/ttyS1</c> or <c>dial-in:[IP:]PORT/NAME</c>.</summary>
    public string Address { get; init; } = "";

    /// <summary>Modbus only. Null: TCP for <c>host:port</c>, RTU for the others.</summary>
    public LineFraming? Framing { get; init; }

    /// <summary>Serial: bits per second, 300 to 4,000,000.</summary>
    public int Baud { get; init; } = 9_600;

    /// <summary>Serial: bits of data in a character, 7 or 8.</summary>
    public int DataBits { get; init; } = 8;

    /// <summary>Serial.</summary>
    public SerialParity Parity { get; init; } = SerialParity.Even;

    /// <summary>Serial: 1 or 2.</summary>
    public int StopBits { get; init; } = 1;

    /// <summary>Dial-in: the bytes by which the gateway says who it is; text, or hex after <c>0x</c>; at most 256 bytes.</summary>
    public string? Registration { get; init; }

    /// <summary>Dial-in: bytes that the gateway sends to keep the connection alive; text, or hex after <c>0x</c>.</summary>
    public string? Heartbeat { get; init; }

    /// <summary>How long a device may take to answer; 10 ms to 1 min.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How long a connection may take to open; 10 ms to 1 min.</summary>
    public TimeSpan? ConnectTimeout { get; init; }

    /// <summary>Silence between two requests; 0 to 1 s. Some gateways need 25 ms.</summary>
    public TimeSpan? Pause { get; init; }

    /// <summary>Rest between opening the line and the first request; 0 to 10 s.</summary>
    public TimeSpan? DelayAfterConnect { get; init; }

    public ConnectionMode Connection { get; init; } = ConnectionMode.Persistent;

    /// <summary>With <see cref="ConnectionMode.IdleClose"/>: 100 ms to 1 h.</summary>
    public TimeSpan IdleAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Requests that may be unanswered at once, 1 to 16; more than 1 with Modbus TCP only.</summary>
    public int MaxInFlight { get; init; } = 1;

    /// <summary>Whether the line brings back what is sent on it, as two-wire RS-485 adapters do.</summary>
    public bool Echoes { get; init; }

    /// <summary>RTU: how long after a timeout the answer may still come; 0 to 1 min. Null: as long as the timeout.</summary>
    public TimeSpan? LateAnswer { get; init; }

    /// <summary>The line of a device that names no entry but an address.</summary>
    public static EndpointOptions At(string address) => new() { Id = address, Address = address };

    /// <summary><see cref="Framing"/>, decided.</summary>
    public LineFraming EffectiveFraming =>
        Framing ?? (LineAddress.TryParse(Address) is LineAddress.Tcp ? LineFraming.Tcp : LineFraming.Rtu);

    /// <summary>
    /// The rests of the line while it cannot be had. To look for a serial port, or for a gateway that dials in, costs nobody a packet: what
    /// is plugged in again, or has dialled, is found within seconds.
    /// </summary>
    public Backoff NewRest(TimeSpan shortest, TimeSpan longest)
    {
        if (LineAddress.TryParse(Address) is LineAddress.Tcp) return new(shortest, longest);
        return new(Least(shortest), Least(longest));

        static TimeSpan Least(TimeSpan rest) => rest < LongestRestOfPort ? rest : LongestRestOfPort;
    }

    /// <summary>Every mistake in it, each named by its setting.</summary>
    public IEnumerable<string> Mistakes(string section)
    {
        var address = LineAddress.TryParse(Address);
        if (address is null)
            yield return $"{section}:{nameof(Address)} '{Address}' is no host:port, serial:PORT or dial-in:[IP:]PORT/NAME";
        if (address is not LineAddress.DialIn && (Registration ?? Heartbeat) is not null)
            yield return $"{section}: {nameof(Registration)} and {nameof(Heartbeat)} have a meaning for dial-in: only";
        foreach (var (name, text) in new[] { (nameof(Registration), Registration), (nameof(Heartbeat), Heartbeat) })
        {
            if (LineBook.BytesOf(text) is not { Length: <= 256 })
                yield return $"{section}:{name} '{text}' is not text, or hex after 0x, of at most 256 bytes";
        }
        if (Framing == LineFraming.Tcp && address is LineAddress.Serial)
            yield return $"{section}:{nameof(Framing)} Tcp cannot be spoken on a serial port";
        if (Baud is < 300 or > 4_000_000) yield return $"{section}:{nameof(Baud)} {Baud} is not between 300 and 4,000,000";
        if (DataBits is < 7 or > 8) yield return $"{section}:{nameof(DataBits)} {DataBits} is neither 7 nor 8";
        if (StopBits is < 1 or > 2) yield return $"{section}:{nameof(StopBits)} {StopBits} is neither 1 nor 2";
        if (MaxInFlight is < 1 or > 16) yield return $"{section}:{nameof(MaxInFlight)} {MaxInFlight} is not between 1 and 16";
        if (MaxInFlight > 1 && EffectiveFraming == LineFraming.Rtu)
            yield return $"{section}:{nameof(MaxInFlight)} {MaxInFlight} needs Modbus TCP: RTU answers carry no number";
        foreach (var mistake in TimeMistakes(section)) yield return mistake;
    }

    private IEnumerable<string> TimeMistakes(string section)
    {
        var (little, second, minute) = (TimeSpan.FromMilliseconds(10), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        (string Name, TimeSpan? Value, TimeSpan From, TimeSpan To, string Range)[] times =
        [
            (nameof(Timeout), Timeout, little, minute, "10 ms and 1 min"),
            (nameof(ConnectTimeout), ConnectTimeout, little, minute, "10 ms and 1 min"),
            (nameof(Pause), Pause, TimeSpan.Zero, second, "0 and 1 s"),
            (nameof(DelayAfterConnect), DelayAfterConnect, TimeSpan.Zero, 10 * second, "0 and 10 s"),
            (nameof(IdleAfter), IdleAfter, 10 * little, 60 * minute, "100 ms and 1 h"),
            (nameof(LateAnswer), LateAnswer, TimeSpan.Zero, minute, "0 and 1 min"),
        ];
        return times.Where(t => t.Value < t.From || t.Value > t.To)
            .Select(t => $"{section}:{t.Name} {t.Value} is not between {t.Range}");
    }
}

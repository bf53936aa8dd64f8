namespace AirIsland.Fieldbus.Modbus;

/// <summary>
/// How a <see cref="ModbusClient"/> treats its line. All times are real time, also where the process runs on a scaled clock.
/// </summary>
public sealed record ModbusClientOptions
{
    /// <summary>From sending a request to the last byte of its answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Until a line is open; for a gateway that dials in: until it has.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Rest between opening a line and the first request, for gateways that are not ready at once.</summary>
    public TimeSpan DelayAfterConnect { get; init; }

    /// <summary>Whether writing functions may leave this client at all.</summary>
    public bool Writable { get; init; }

    /// <summary>
    /// Rest between an answer and the next request, for gateways that need to turn their line round. Typical: 25 ms. With RTU framing it
    /// is never shorter than the silence of the line.
    /// </summary>
    public TimeSpan Pause { get; init; }

    /// <summary>
    /// Requests that may wait for their answers on one connection at once, 1 to 16: only with TCP framing, whose answers carry the
    /// transaction of their request, and only where the gateway bears it. Default 1.
    /// </summary>
    public int MaxInFlight { get; init; } = 1;

    /// <summary>
    /// With RTU framing, how long after a timeout the answer may still come: so long the unit is not asked again, because that answer
    /// would pass for the next one. Null: as long as <see cref="Timeout"/>.
    /// </summary>
    public TimeSpan? LateAnswer { get; init; }

    /// <summary>With RTU framing, whether the line brings back what is sent on it, as two-wire RS-485 adapters do.</summary>
    public bool Echoes { get; init; }
}

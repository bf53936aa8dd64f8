namespace AirIsland.Fieldbus.Modbus;

/// <summary>
/// How a <see cref="ModbusClient"/> treats its endpoint. All times are real time, also where the process runs on a scaled clock.
/// </summary>
public sealed record ModbusClientOptions
{
    /// <summary>From sending a request to the last byte of its answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Whether writing functions may leave this client at all.</summary>
    public bool Writable { get; init; }

    /// <summary>Rest between an answer and the next request, for gateways that need to turn their line round. Typical: 25 ms.</summary>
    public TimeSpan Pause { get; init; }
}

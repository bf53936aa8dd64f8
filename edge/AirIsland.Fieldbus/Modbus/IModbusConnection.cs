namespace AirIsland.Fieldbus.Modbus;

/// <summary>The client's end of a line, in one framing. Of no use after a failure that is no refusal, timeout or cancellation.</summary>
internal interface IModbusConnection : IDisposable
{
    /// <summary>Whether it serves on after a request was given up, whose answer may still come: it would be known, and dropped.</summary>
    bool BearsTimeouts { get; }

    /// <summary>False once the peer has closed an idle connection, which is its right and no fault.</summary>
    bool IsOpen { get; }

    /// <summary>
    /// Sends the request and waits for its own answer, function and data, which is valid until the next exchange. All else that is heard
    /// is told to <paramref name="onStray"/>, and dropped.
    /// </summary>
    Task<ReadOnlyMemory<byte>> ExchangeAsync(ModbusRequest request, Action onStray, CancellationToken ct);

    /// <summary>Drops what comes until the line is silent: needed after an exchange whose end is unclear.</summary>
    Task DrainAsync(Action onStray, CancellationToken ct);
}

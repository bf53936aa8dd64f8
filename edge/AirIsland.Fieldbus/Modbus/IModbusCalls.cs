namespace AirIsland.Fieldbus.Modbus;

/// <summary>The requests that a server hears on one line.</summary>
internal interface IModbusCalls
{
    /// <summary>The next request; null when the other end left, or sent what leaves unknown where the next one begins.</summary>
    ValueTask<ModbusCall?> NextAsync(CancellationToken ct);
}

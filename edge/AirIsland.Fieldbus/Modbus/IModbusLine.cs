namespace AirIsland.Fieldbus.Modbus;

/// <summary>
/// The line between a <see cref="ModbusServer"/> and its clients, for test benches whose line is a bad one. A server without one brings
/// every answer at once, whole, and a single time. Called by all its clients at once: must be safe for that.
/// </summary>
public interface IModbusLine
{
    /// <summary>Whether one more client is let in beside those that are connected; otherwise it is closed at once.</summary>
    bool Admits(int connected);

    /// <summary>Brings an answer to its client. The client's next request is read when this is done; false closes the connection.</summary>
    Task<bool> CarryAsync(ModbusExchange exchange, IModbusPeer client, CancellationToken ct);
}

using System.Collections.Concurrent;
using System.Net;
using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Edge.Tests.Drivers;

/// <summary>
/// Units behind one port, and what they do to their clients. Register n of unit u holds 1000 × u + n. Remembers what it was asked.
/// </summary>
internal sealed class TestGateway : IModbusUnits, IModbusLine
{
    private readonly ConcurrentDictionary<IModbusPeer, bool> _clients = new();
    private int _connections;

    /// <summary>How long a unit takes to answer; null: it does not.</summary>
    public Func<byte, TimeSpan?> Delay { get; set; } = _ => TimeSpan.Zero;

    /// <summary>How a read of a unit is refused; null: it is not.</summary>
    public Func<(byte Unit, ushort Address, int Count), ModbusExceptionCode?> Refusal { get; set; } = _ => null;

    /// <summary>Whether another client is let in beside so many.</summary>
    public Func<int, bool> Lets { get; set; } = _ => true;

    /// <summary>Whether the connection is closed after an answer, or instead of one.</summary>
    public bool Closes { get; set; }

    /// <summary>Whether an answer that takes its time holds up those behind it, as on a bus.</summary>
    public bool IsBus { get; init; } = true;

    /// <summary>Clients of those let in that are there now, as far as they have asked something.</summary>
    public int Open => _clients.Keys.Count(c => !c.IsGone);

    public ConcurrentQueue<(byte Unit, ushort Address, int Count, long At)> Asked { get; } = new();

    /// <summary>Clients that were let in.</summary>
    public int Connections => Volatile.Read(ref _connections);

    public ModbusServer Serve(ModbusFraming framing = ModbusFraming.Tcp) =>
        ModbusServer.Start(new IPEndPoint(IPAddress.Loopback, 0), this, this, framing);

    public bool Serves(byte unit) => true;

    public void Read(RegisterTable table, byte unit, ushort address, Span<ushort> into)
    {
        if (Refusal((unit, address, into.Length)) is { } code) throw new ModbusException(3, code);
        for (var i = 0; i < into.Length; i++) into[i] = (ushort)((1000 * unit) + address + i);
    }

    public bool Admits(int connected)
    {
        if (!Lets(connected)) return false;
        Interlocked.Increment(ref _connections);
        return true;
    }

    public async Task<bool> CarryAsync(ModbusExchange exchange, IModbusPeer client, CancellationToken ct)
    {
        _clients.TryAdd(client, true);
        Asked.Enqueue((exchange.Unit, exchange.Address, exchange.Count, TimeProvider.System.GetTimestamp()));
        if (Delay(exchange.Unit) is not { } delay) return !Closes;
        var answering = AnswerAsync(exchange.Answer, delay, client, ct);
        if (IsBus) await answering;
        return !Closes;
    }

    private static async Task AnswerAsync(ReadOnlyMemory<byte> answer, TimeSpan delay, IModbusPeer client, CancellationToken ct)
    {
        if (delay > TimeSpan.Zero) await Task.Delay(delay, ct);
        if (!client.IsGone) await client.SendAsync(answer, ct);
    }
}

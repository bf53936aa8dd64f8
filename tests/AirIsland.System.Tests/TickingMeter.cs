using System.Collections.Concurrent;
using System.Net;
using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Profiles;

namespace AirIsland.SystemTests;

/// <summary>
/// A Modbus air meter whose register counts a litre a millisecond from its start: each count names the instant it was read.
/// </summary>
internal sealed class TickingMeter : IModbusUnits, IAsyncDisposable
{
    private readonly ModbusServer _server;
    private readonly ConcurrentQueue<DateTimeOffset> _replies = new();
    private readonly long _started = TimeProvider.System.GetTimestamp();

    public TickingMeter() => _server = ModbusServer.Start(new(IPAddress.Loopback, 0), this);

    /// <summary>When it was read, so far.</summary>
    public IReadOnlyList<DateTimeOffset> Replies => [.. _replies];

    public int Port => _server.Endpoint.Port;

    public DateTimeOffset Start { get; } = TimeProvider.System.GetUtcNow();

    /// <summary>Its device map: one register, five times a second.</summary>
    public static string Profile => """
        {
          "id": "ticking", "name": "ticking meter", "source": "made for this test", "protocol": "modbus",
          "groups": { "register": "00:00:00.2" },
          "points": [
            { "name": "AccumulatedVolume", "group": "register", "kind": "register", "medium": "air", "unit": "m3", "resolution": "0.001",
              "scale": "0.001", "state": "Standard20", "table": "holding", "address": 0, "type": "uint32", "order": "ABCD",
              "verified": true }
          ]
        }
        """;

    public bool Serves(byte unit) => unit == 1;

    public void Read(RegisterTable table, byte unit, ushort address, Span<ushort> into)
    {
        _replies.Enqueue(TimeProvider.System.GetUtcNow());
        var count = (uint)TimeProvider.System.GetElapsedTime(_started).TotalMilliseconds;
        for (var i = 0; i < into.Length; i++) into[i] = (ushort)(((address + i) & 1) == 0 ? count >> 16 : count);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}

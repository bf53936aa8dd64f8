using System.Net;
using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Profiles;

namespace AirIsland.SystemTests;

/// <summary>
/// Modbus units that number what they serve: every register pair of a reply is how many replies the unit has given, so each stored
/// sample names the reply it came from.
/// </summary>
internal sealed class CountingDevices : IModbusUnits, IAsyncDisposable
{
    public const int Units = 8;
    public const int Points = 10;

    private readonly int[] _replies = new int[Units];
    private readonly ModbusServer _server;

    public CountingDevices() => _server = ModbusServer.Start(new(IPAddress.Loopback, 0), this);

    public int Port => _server.Endpoint.Port;

    /// <summary>Samples in all replies so far.</summary>
    public long Served => Points * _replies.Sum(r => (long)r);

    /// <summary>A device map for these units: one block, ten times a second.</summary>
    public static string Profile => $$"""
        {
          "id": "counting", "name": "counting unit", "source": "made for this test", "protocol": "modbus",
          "groups": { "fast": "00:00:00.1" },
          "points": [ {{string.Join(",\n", Enumerable.Range(0, Points).Select(Point))}} ]
        }
        """;

    public bool Serves(byte unit) => unit is >= 1 and <= Units;

    public void Read(RegisterTable table, byte unit, ushort address, Span<ushort> into)
    {
        var number = (uint)Interlocked.Increment(ref _replies[unit - 1]);
        for (var i = 0; i < into.Length; i++) into[i] = (ushort)(((address + i) & 1) == 0 ? number >> 16 : number);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static string Point(int n) => $$"""
        { "name": "Count{{n}}", "group": "fast", "kind": "level", "medium": "air", "unit": "1", "resolution": "1",
          "table": "holding", "address": {{n * 2}}, "type": "uint32", "order": "ABCD", "verified": true }
        """;
}

using System.Globalization;
using System.Text;
using AirIsland.Fieldbus.Lines;
using AirIsland.Fieldbus.Modbus;

namespace AirIsland.Simulators.Devices.Fleet;

/// <summary>
/// A line with devices on it that is no plain Modbus TCP port: a serial port, a gateway that passes its bytes through over TCP, or one that
/// dials in. Devices name it by its id.
/// </summary>
public sealed record FleetLineOptions
{
    private const string Hex = "0x";

    public required string Id { get; init; }

    /// <summary>Listens on this TCP port of 127.0.0.1; 0, where it neither is serial nor dials, takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>A serial port of this machine.</summary>
    public string? Serial { get; init; }

    /// <summary>Dials to this TCP port of 127.0.0.1, and again when it was hung up.</summary>
    public int? DialTo { get; init; }

    /// <summary>What it says first when it dials: text, or hex after <c>0x</c>. Null: its id.</summary>
    public string? Registration { get; init; }

    /// <summary>What it says while it dials, to be kept: text, or hex after <c>0x</c>. Null: nothing.</summary>
    public string? Heartbeat { get; init; }

    /// <summary>Between two dials, and between two heartbeats; real time, 10 ms to 1 h. Default 5 s.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How Modbus is spoken here. Default RTU.</summary>
    public ModbusFraming Framing { get; init; } = ModbusFraming.Rtu;

    /// <summary>Serial: bits per second.</summary>
    public int Baud { get; init; } = 9_600;

    /// <summary>Serial.</summary>
    public SerialParity Parity { get; init; } = SerialParity.Even;

    /// <summary>What the gateway that dials is known by.</summary>
    internal DialInGateway Gateway =>
        new(Id) { Registration = BytesOf(Registration ?? Id) ?? [], Heartbeat = BytesOf(Heartbeat ?? "") ?? [] };

    /// <summary>Where it is, for whoever lists devices; null where only a server knows.</summary>
    internal string? Place => Serial ?? (DialTo is { } port ? $"dials 127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}" : null);

    /// <summary>What cannot be, one line a mistake.</summary>
    internal IEnumerable<string> Mistakes()
    {
        if (!FleetCheck.IsName(Id)) yield return $"an id is {FleetCheck.Names}";
        if (Port is < 0 or > 65535) yield return $"port {Port} is none";
        if (DialTo is < 1 or > 65535) yield return $"port {DialTo} to dial is none";
        if ((Serial is null ? 0 : 1) + (DialTo is null ? 0 : 1) + (Port == 0 ? 0 : 1) > 1)
            yield return "it listens on a port, is serial or dials, one of them";
        if (Framing == ModbusFraming.Tcp && Serial is not null) yield return "Modbus TCP is not spoken on a serial port";
        if (Baud is < 300 or > 4_000_000) yield return $"{Baud} baud are not between 300 and 4,000,000";
        if (Pause < TimeSpan.FromMilliseconds(10) || Pause > TimeSpan.FromHours(1)) yield return "a pause is from 10 ms to 1 h";
        if (BytesOf(Registration ?? "") is null) yield return $"registration '{Registration}' is no hex";
        if (BytesOf(Heartbeat ?? "") is null) yield return $"heartbeat '{Heartbeat}' is no hex";
    }

    private static byte[]? BytesOf(string text)
    {
        if (!text.StartsWith(Hex, StringComparison.Ordinal)) return Encoding.UTF8.GetBytes(text);
        try
        {
            return Convert.FromHexString(text.AsSpan(Hex.Length));
        }
        catch (FormatException)
        {
            return null;
        }
    }
}

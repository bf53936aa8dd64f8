using System.Text.Json.Serialization;

namespace AirIsland.Simulators.Replay;

/// <summary>One device of a replay: its profile, where it is found, and where its points get their values.</summary>
public sealed record ReplayDevice
{
    public const int FirstPort = 15100;

    [JsonRequired]
    public string Id { get; init; } = "";

    /// <summary>Id of its profile, e.g. <c>acrel-dtsd1352</c>; a point that is not given here does not exist in the device.</summary>
    [JsonRequired]
    public string Profile { get; init; } = "";

    /// <summary>PT × CT of its transformers.</summary>
    public decimal Ratio { get; init; } = 1;

    /// <summary>Modbus: TCP port on 127.0.0.1. Devices of one port are units of one gateway.</summary>
    public int Port { get; init; } = FirstPort;

    /// <summary>Modbus: unit number.</summary>
    public byte Unit { get; init; } = 1;

    /// <summary>MQTT: base topic; levels go to <c>…/level</c>, registers to <c>…/register</c>.</summary>
    public string? Topic { get; init; }

    /// <summary>Point of the profile → where its values are.</summary>
    [JsonRequired]
    public IReadOnlyDictionary<string, ReplayPoint> Points { get; init; } = new Dictionary<string, ReplayPoint>();
}

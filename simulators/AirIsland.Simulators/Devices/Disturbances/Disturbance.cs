using AirIsland.Fieldbus.Modbus;

namespace AirIsland.Simulators.Devices.Disturbances;

/// <summary>One thing that goes wrong with a device, how often, and for which registers.</summary>
public sealed record Disturbance(DisturbanceKind Kind)
{
    /// <summary>How often, 0 to 1. Drawn by the device's seeded lot for each answer or message. Default 1: always.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>Modbus: reads that touch registers from this one on. Default 0.</summary>
    public ushort FirstRegister { get; init; }

    /// <summary>Modbus: reads that touch registers up to this one. Default 65535.</summary>
    public ushort LastRegister { get; init; } = ushort.MaxValue;

    /// <summary>
    /// Of <see cref="DisturbanceKind.Latency"/>, <see cref="DisturbanceKind.Duplicate"/> and <see cref="DisturbanceKind.Trickle"/>. Real
    /// time for Modbus and DL/T 645, the plant's time for MQTT. Default 0.
    /// </summary>
    public TimeSpan Delay { get; init; }

    /// <summary>On top of the delay comes a part of this, drawn evenly. Default 0.</summary>
    public TimeSpan Jitter { get; init; }

    /// <summary>
    /// Of <see cref="DisturbanceKind.Refusal"/>. Default 4, device failure; to DL/T 645 the byte of its reason: 4 not authorised.
    /// </summary>
    public ModbusExceptionCode Code { get; init; } = ModbusExceptionCode.ServerDeviceFailure;

    /// <summary>Of <see cref="DisturbanceKind.ClientLimit"/>: clients at once. Default 1.</summary>
    public int MostClients { get; init; } = 1;

    /// <summary>Whether a read of these registers is meant.</summary>
    internal bool Meets(int address, int count) => address <= LastRegister && address + count > FirstRegister;
}

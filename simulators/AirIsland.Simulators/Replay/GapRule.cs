namespace AirIsland.Simulators.Replay;

/// <summary>What a device shows for an empty or unreadable cell.</summary>
public enum GapRule
{
    /// <summary>It does not answer for that point: a Modbus read that touches it is refused, an MQTT message leaves it out.</summary>
    Refuse,

    /// <summary>It goes on showing the last value.</summary>
    Hold,
}

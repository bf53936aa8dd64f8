namespace AirIsland.Simulators.Devices.Disturbances;

/// <summary>What can go wrong between a device and whoever reads it.</summary>
public enum DisturbanceKind
{
    /// <summary>The answer or message comes late. A Modbus device holds up its connection meanwhile.</summary>
    Latency,

    /// <summary>No answer, no message.</summary>
    Silence,

    /// <summary>The answer or message comes a second time, later by the delay.</summary>
    Duplicate,

    /// <summary>Modbus: an exception instead of the answer. DL/T 645: a refusal.</summary>
    Refusal,

    /// <summary>Modbus: before the answer comes the same under the transaction before.</summary>
    WrongTransaction,

    /// <summary>Modbus, DL/T 645: before the answer comes the same under another unit or address.</summary>
    WrongUnit,

    /// <summary>Modbus, DL/T 645: the first half of the answer, and no more.</summary>
    HalfFrame,

    /// <summary>Modbus: the connection is reset instead of an answer.</summary>
    Reset,

    /// <summary>Modbus, DL/T 645: the answer byte by byte, with the delay between two.</summary>
    Trickle,

    /// <summary>Modbus: no more clients at the device's port than the limit; who comes too late is closed at once.</summary>
    ClientLimit,

    /// <summary>MQTT: the message comes after the next one of its topic.</summary>
    OutOfOrder,

    /// <summary>MQTT: the message breaks off in the middle of its JSON.</summary>
    Malformed,

    /// <summary>DL/T 645: one bit of the answer is wrong, so that its checksum is.</summary>
    Damage,
}

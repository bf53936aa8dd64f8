namespace AirIsland.Edge.Metering;

/// <summary>The MQTT version that is spoken with the broker.</summary>
public enum BrokerVersion
{
    /// <summary>MQTT 5: the broker is told how long it keeps the session and how much may be in flight.</summary>
    Mqtt5,

    /// <summary>MQTT 3.1.1, for brokers that know no other: both are settings of the broker.</summary>
    Mqtt311,
}

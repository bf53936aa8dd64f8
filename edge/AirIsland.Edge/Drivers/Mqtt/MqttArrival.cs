using MQTTnet;

namespace AirIsland.Edge.Drivers.Mqtt;

/// <summary>
/// A message and when it came (ms since 1970 UTC, site time). <see cref="Acknowledge"/> is to be called when it is durable; where
/// nothing is to be acknowledged (QoS 0) it does nothing.
/// </summary>
internal sealed record MqttArrival(MqttApplicationMessage Message, long At, Action Acknowledge);

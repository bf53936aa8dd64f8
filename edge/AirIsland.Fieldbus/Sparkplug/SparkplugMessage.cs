namespace AirIsland.Fieldbus.Sparkplug;

/// <summary>A topic, and the bytes that go to it.</summary>
public sealed record SparkplugMessage(SparkplugTopic Topic, byte[] Payload);

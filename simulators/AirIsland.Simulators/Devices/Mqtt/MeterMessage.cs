namespace AirIsland.Simulators.Devices.Mqtt;

/// <summary>One message of a meter on its way to the broker, and how many samples of which device it carries.</summary>
public sealed record MeterMessage(ProfileDevice Device, string Topic, byte[] Payload, int Samples);

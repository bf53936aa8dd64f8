namespace AirIsland.Simulators.Devices.Mqtt;

/// <summary>One message of a meter on its way to the broker, and how many samples of which device it carries.</summary>
public sealed record MeterMessage(ProfileDevice Device, string Topic, byte[] Payload, int Samples)
{
    /// <summary>The same once more: a copy that counts for nothing.</summary>
    internal MeterMessage Again() => this with { Samples = 0 };

    /// <summary>Somebody has it.</summary>
    internal void Arrive()
    {
        if (Samples == 0) return;
        Device.Serve(Samples);
        Device.Traffic.Answer();
    }

    /// <summary>Nobody will have it.</summary>
    internal void Fail()
    {
        if (Samples > 0) Device.Traffic.Fail();
    }
}

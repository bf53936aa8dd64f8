using System.Threading.Channels;

namespace AirIsland.Simulators.Devices.Mqtt;

/// <summary>
/// The memory of the MQTT meters: messages in order, at most 20,000 (about four hours). When it is full the oldest is lost and counted.
/// </summary>
public sealed class MeterOutbox
{
    private const int Capacity = 20_000;

    private readonly Channel<MeterMessage> _messages;
    private long _dropped;

    public MeterOutbox() => _messages = Channel.CreateBounded<MeterMessage>(
        new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true }, Drop);

    public ChannelReader<MeterMessage> Messages => _messages.Reader;

    /// <summary>Messages lost because the broker was away for too long.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    public void Add(MeterMessage message) => _messages.Writer.TryWrite(message);

    private void Drop(MeterMessage message)
    {
        Interlocked.Increment(ref _dropped);
        message.Fail();
    }
}

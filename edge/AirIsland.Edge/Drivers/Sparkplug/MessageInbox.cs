using System.Threading.Channels;
using MQTTnet;

namespace AirIsland.Edge.Drivers.Sparkplug;

/// <summary>
/// Messages on their way from the library, which must not be held up because nothing bounds what waits in it, to one reader. At most 1,000
/// wait, of 16 MB together; what does not fit is left out and counted, and null stands in its place: a death may be among it.
/// </summary>
internal sealed class MessageInbox(SparkplugCounts counts)
{
    private const int MostWaiting = 1_000;
    private const long MostBytes = 16 << 20;

    // No more nulls than messages wait, and one.
    private readonly Channel<MqttApplicationMessage?> _messages =
        Channel.CreateUnbounded<MqttApplicationMessage?>(new() { SingleReader = true, SingleWriter = true });

    private int _waiting;
    private long _bytes;
    private bool _isFull;

    /// <summary>Never waits. To be called by one caller at a time.</summary>
    public void Add(MqttApplicationMessage message)
    {
        var isFull = Volatile.Read(ref _waiting) >= MostWaiting || Volatile.Read(ref _bytes) + message.Payload.Length > MostBytes;
        if (isFull) counts.WasLeftOut();
        if (isFull && !_isFull) _messages.Writer.TryWrite(null);
        _isFull = isFull;
        if (isFull) return;
        Interlocked.Increment(ref _waiting);
        Interlocked.Add(ref _bytes, message.Payload.Length);
        _messages.Writer.TryWrite(message);
    }

    /// <summary>Nothing more comes.</summary>
    public void Complete() => _messages.Writer.TryComplete();

    /// <summary>Ends after what is there when it is complete.</summary>
    public async IAsyncEnumerable<MqttApplicationMessage?> ReadAllAsync()
    {
        await foreach (var message in _messages.Reader.ReadAllAsync(CancellationToken.None))
        {
            yield return message;
            if (message is null) continue;
            Interlocked.Decrement(ref _waiting);
            Interlocked.Add(ref _bytes, -message.Payload.Length);
        }
    }
}

using AirIsland.Edge.Metering;

namespace AirIsland.Edge.Tests.Metering;

public class ScanQueueTests
{
    private readonly ScanQueue _queue = new(2);

    [Fact]
    public async Task What_was_taken_counts_when_the_consumer_comes_back_for_more()
    {
        Assert.True(_queue.TryWrite(Scan(1)));
        await using var scans = _queue.ReadAllAsync().GetAsyncEnumerator();
        await scans.MoveNextAsync();

        var consumed = _queue.ConsumedAsync();
        Assert.False(consumed.IsCompleted, "the consumer holds the scan and may not be done with it");

        var next = scans.MoveNextAsync();
        await consumed.WaitAsync(TimeSpan.FromSeconds(10));
        _queue.Complete();
        Assert.False(await next);
    }

    [Fact]
    public async Task Who_waits_for_a_consumer_that_goes_away_does_not_wait_for_ever()
    {
        _queue.TryWrite(Scan(1));
        _queue.TryWrite(Scan(2));
        var scans = _queue.ReadAllAsync().GetAsyncEnumerator();
        await scans.MoveNextAsync();
        var consumed = _queue.ConsumedAsync();

        await scans.DisposeAsync();

        await consumed.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_full_queue_holds_back_who_writes_and_loses_nothing()
    {
        var writing = Task.Run(async () =>
        {
            for (var i = 0; i < 1000; i++) Assert.True(await _queue.WriteAsync(Scan(i), CancellationToken.None));
            _queue.Complete();
        });

        var instants = new List<long>();
        await foreach (var scan in _queue.ReadAllAsync()) instants.Add(scan.Instant);
        await writing;

        Assert.Equal(Enumerable.Range(0, 1000).Select(i => (long)i), instants);
        Assert.False(await _queue.WriteAsync(Scan(0), CancellationToken.None));
        Assert.True(_queue.ConsumedAsync().IsCompletedSuccessfully);
    }

    private static Scan Scan(long instant) => new("meter/fast", instant, ScanContent.Levels, []);
}

using AirIsland.Edge.Outbox;
using AirIsland.Edge.Uplink;

namespace AirIsland.Edge.Tests.Uplink;

public class SendWindowTests
{
    [Fact]
    public void Live_goes_before_backfill_and_each_lane_in_order()
    {
        using var window = Window(credit: 10);

        Assert.Equal([(Lane.Live, 1), (Lane.Live, 2), (Lane.Backfill, 1), (Lane.Backfill, 2)], Drain(window, State(live: 2, backfill: 2)));
    }

    [Fact]
    public void No_more_than_the_credit_is_unacknowledged_over_both_lanes()
    {
        using var window = Window(credit: 3);

        Assert.Equal(3, Drain(window, State(live: 2, backfill: 5)).Count);
        window.Acknowledge(Lane.Live, 2);

        Assert.Equal([(Lane.Backfill, 2), (Lane.Backfill, 3)], Drain(window, State(live: 2, backfill: 5)));
    }

    [Fact]
    public void One_acknowledgement_covers_everything_before_it()
    {
        using var window = Window(credit: 10);
        Drain(window, State(live: 5, backfill: 0));

        window.Acknowledge(Lane.Live, 4);

        Assert.Equal(1, window.Outstanding(Lane.Live));
    }

    [Fact]
    public void A_retry_sends_again_from_that_number_and_what_is_stored_stays_stored()
    {
        using var window = Window(credit: 10);
        Drain(window, State(live: 5, backfill: 0));
        window.Acknowledge(Lane.Live, 2);

        window.Rewind(Lane.Live, 4);
        Assert.Equal([(Lane.Live, 4), (Lane.Live, 5)], Drain(window, State(live: 5, backfill: 0)));

        window.Rewind(Lane.Live, 1);
        Assert.Equal([(Lane.Live, 3), (Lane.Live, 4), (Lane.Live, 5)], Drain(window, State(live: 5, backfill: 0)));
    }

    [Fact]
    public void The_answers_to_a_burst_do_not_move_the_window_forward()
    {
        using var window = Window(credit: 10);
        Drain(window, State(live: 3, backfill: 0));

        foreach (var sequence in new[] { 1, 2, 3 }) window.Rewind(Lane.Live, sequence);

        Assert.Equal([(Lane.Live, 1), (Lane.Live, 2), (Lane.Live, 3)], Drain(window, State(live: 3, backfill: 0)));
    }

    [Fact]
    public void Credit_of_zero_leaves_the_credit_as_it_is()
    {
        using var window = Window(credit: 2);

        window.Grant(0);
        Assert.Equal(2, Drain(window, State(live: 9, backfill: 0)).Count);
        window.Grant(5);

        Assert.Equal(3, Drain(window, State(live: 9, backfill: 0)).Count);
    }

    [Fact]
    public void Backfill_leaves_credit_to_live_and_has_few_bytes_on_the_way()
    {
        // 200 kB in a hundred batches: eight of them are 16 kB.
        var waiting = State(live: 0, backfill: 100) with { Backfill = LaneState.Empty with { Appended = 100, PendingBytes = 200 << 10 } };
        using var wide = Window(credit: 64);
        using var narrow = Window(credit: 8);

        Assert.Equal(8, Drain(wide, waiting).Count);
        Assert.Equal(6, Drain(narrow, waiting).Count);
        Assert.Equal([(Lane.Live, 1), (Lane.Live, 2)], Drain(narrow, waiting with { Live = LaneState.Empty with { Appended = 5 } }));
    }

    [Fact]
    public void One_backfill_batch_may_always_be_on_the_way_however_large()
    {
        using var window = Window(credit: 1, new() { BackfillBytes = 1024 });

        Assert.Single(Drain(window, State(live: 0, backfill: 2) with { Backfill = new(1, 0, 2, 0, 8 << 20) }));
    }

    // grpc/grpc-dotnet#1422: the time runs from before the write, which may never end.
    [Fact]
    public async Task The_time_of_a_batch_runs_from_when_it_is_taken_and_starts_again_with_each_answer()
    {
        using var window = Window(credit: 8, new() { AcknowledgeWithin = TimeSpan.FromSeconds(3) });
        Drain(window, State(live: 3, backfill: 0));
        for (var n = 1; n <= 2; n++)
        {
            await Task.Delay(1800);
            window.Acknowledge(Lane.Live, n);
        }

        Assert.False(window.Late(Lane.Live).IsCancellationRequested);
        await Eventually.HoldsAsync(() => window.Late(Lane.Live).IsCancellationRequested, "the third is late");
        Assert.False(window.Late(Lane.Backfill).IsCancellationRequested);
    }

    [Fact]
    public async Task Nothing_is_late_when_nothing_is_on_the_way()
    {
        using var window = Window(credit: 8, new() { AcknowledgeWithin = TimeSpan.FromMilliseconds(100) });
        Drain(window, State(live: 2, backfill: 2));

        window.Acknowledge(Lane.Live, 2);
        window.Rewind(Lane.Backfill, 1);
        await Task.Delay(300);

        Assert.False(window.Late(Lane.Live).IsCancellationRequested || window.Late(Lane.Backfill).IsCancellationRequested);
    }

    [Fact]
    public void A_number_is_known_as_sent_also_when_it_is_to_be_sent_again()
    {
        using var window = Window(credit: 8);
        Drain(window, State(live: 4, backfill: 0));
        window.Acknowledge(Lane.Live, 1);
        window.Rewind(Lane.Live, 2);

        Assert.Equal([-1, 0, 0, 1], new long[] { 1, 2, 4, 5 }.Select(n => window.Place(Lane.Live, n)));
    }

    internal static OutboxState State(long live, long backfill) =>
        new(7, LaneState.Empty with { Appended = live }, LaneState.Empty with { Appended = backfill }, 0, 0);

    private static SendWindow Window(int credit, UplinkOptions? options = null) =>
        new(new Dictionary<Lane, long> { [Lane.Live] = 0, [Lane.Backfill] = 0 }, credit, options ?? new());

    private static List<(Lane, long)> Drain(SendWindow window, OutboxState state)
    {
        var sent = new List<(Lane, long)>();
        while (window.TryNext(state, out var lane, out var sequence)) sent.Add((lane, sequence));
        return sent;
    }
}

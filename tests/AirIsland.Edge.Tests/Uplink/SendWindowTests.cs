using AirIsland.Edge.Outbox;
using AirIsland.Edge.Uplink;

namespace AirIsland.Edge.Tests.Uplink;

public class SendWindowTests
{
    [Fact]
    public void Live_goes_before_backfill_and_each_lane_in_order()
    {
        var window = Window(credit: 10);

        Assert.Equal([(Lane.Live, 1), (Lane.Live, 2), (Lane.Backfill, 1), (Lane.Backfill, 2)], Drain(window, State(live: 2, backfill: 2)));
    }

    [Fact]
    public void No_more_than_the_credit_is_unacknowledged_over_both_lanes()
    {
        var window = Window(credit: 3);

        Assert.Equal(3, Drain(window, State(live: 2, backfill: 5)).Count);
        window.Acknowledge(Lane.Live, 2);

        Assert.Equal([(Lane.Backfill, 2), (Lane.Backfill, 3)], Drain(window, State(live: 2, backfill: 5)));
    }

    [Fact]
    public void One_acknowledgement_covers_everything_before_it()
    {
        var window = Window(credit: 10);
        Drain(window, State(live: 5, backfill: 0));

        window.Acknowledge(Lane.Live, 4);

        Assert.Equal(1, window.Outstanding(Lane.Live));
    }

    [Fact]
    public void A_retry_sends_again_from_that_number_and_what_is_stored_stays_stored()
    {
        var window = Window(credit: 10);
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
        var window = Window(credit: 10);
        Drain(window, State(live: 3, backfill: 0));

        foreach (var sequence in new[] { 1, 2, 3 }) window.Rewind(Lane.Live, sequence);

        Assert.Equal([(Lane.Live, 1), (Lane.Live, 2), (Lane.Live, 3)], Drain(window, State(live: 3, backfill: 0)));
    }

    [Fact]
    public void Credit_of_zero_leaves_the_credit_as_it_is()
    {
        var window = Window(credit: 2);

        window.Grant(0);
        Assert.Equal(2, Drain(window, State(live: 9, backfill: 0)).Count);
        window.Grant(5);

        Assert.Equal(3, Drain(window, State(live: 9, backfill: 0)).Count);
    }

    internal static OutboxState State(long live, long backfill) =>
        new(7, LaneState.Empty with { Appended = live }, LaneState.Empty with { Appended = backfill }, 0, 0);

    private static SendWindow Window(int credit) => new(new Dictionary<Lane, long> { [Lane.Live] = 0, [Lane.Backfill] = 0 }, credit);

    private static List<(Lane, long)> Drain(SendWindow window, OutboxState state)
    {
        var sent = new List<(Lane, long)>();
        while (window.TryNext(state, out var lane, out var sequence)) sent.Add((lane, sequence));
        return sent;
    }
}

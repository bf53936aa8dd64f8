using AirIsland.Edge.Outbox;
using AirIsland.Edge.Uplink;

namespace AirIsland.Edge.Tests.Uplink;

public class ResumePlanTests
{
    private static readonly OutboxState State = new(
        7, new(Oldest: 5, Acknowledged: 8, Appended: 12, KeptBytes: 0, PendingBytes: 0), LaneState.Empty with { Appended = 3 }, 0, 0);

    [Fact]
    public void A_cloud_that_is_ahead_of_the_cursor_only_lost_its_acknowledgements()
    {
        var plan = Plan(live: 10, crc: 110);

        Assert.Null(plan.NewEpochBecause);
        Assert.Equal(10, plan.From[Lane.Live]);
        Assert.Equal(0, plan.From[Lane.Backfill]);
    }

    [Fact]
    public void A_cloud_from_a_backup_gets_kept_batches_again()
    {
        var plan = Plan(live: 6, crc: 106);

        Assert.Null(plan.NewEpochBecause);
        Assert.Equal(6, plan.From[Lane.Live]);
    }

    [Fact]
    public void What_is_no_longer_kept_needs_a_new_epoch()
    {
        var plan = Plan(live: 3, crc: 0);

        Assert.Contains("keeps it from 5", plan.NewEpochBecause, StringComparison.Ordinal);
        Assert.Equal(3, plan.From[Lane.Live]);
    }

    [Fact]
    public void A_cloud_that_knows_nothing_of_a_trimmed_outbox_needs_a_new_epoch() => Assert.NotNull(Plan(live: 0, crc: 0).NewEpochBecause);

    [Fact]
    public void An_outbox_put_back_from_a_copy_starts_a_new_epoch_and_sends_what_it_does_not_know_to_be_stored()
    {
        var plan = Plan(live: 13, crc: 113);

        Assert.NotNull(plan.NewEpochBecause);
        Assert.Equal(8, plan.From[Lane.Live]);
    }

    [Fact]
    public void Other_bytes_under_the_same_number_start_a_new_epoch() => Assert.NotNull(Plan(live: 10, crc: 999).NewEpochBecause);

    [Fact]
    public void A_checksum_the_cloud_does_not_say_is_not_compared() => Assert.Null(Plan(live: 10, crc: 0).NewEpochBecause);

    private static ResumePlan Plan(long live, uint crc) => ResumePlan.Of(
        State,
        new Dictionary<Lane, (long, uint)> { [Lane.Live] = (live, crc) },
        (lane, sequence) => lane == Lane.Live && sequence is >= 5 and <= 12 ? (uint)(100 + sequence) : null);
}

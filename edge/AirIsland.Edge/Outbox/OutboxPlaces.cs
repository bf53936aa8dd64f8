using Microsoft.Data.Sqlite;

namespace AirIsland.Edge.Outbox;

/// <summary>Epoch and lanes as they stand in a file. Their rows carry checksums: a wrong number here would give numbers twice.</summary>
internal static class OutboxPlaces
{
    /// <summary>What the file says, without ages.</summary>
    /// <exception cref="OutboxDamagedException">That is not what was written.</exception>
    public static OutboxState Load(SqliteConnection db)
    {
        using var meta = new Statement(db, "SELECT epoch, measured, bad, head FROM meta");
        using var row = meta.Query();
        if (!row.Read()) throw new OutboxDamagedException("its epoch is missing");
        var state = new OutboxState(
            unchecked((ulong)row.Whole(0)), LoadLane(db, Lane.Live), LoadLane(db, Lane.Backfill), row.Whole(1), row.Whole(2));
        return row.IsDBNull(3) || row.Whole(3) == HeadOf(state)
            ? state
            : throw new OutboxDamagedException("its epoch does not fit its sum");
    }

    public static long HeadOf(OutboxState state) => RowCheck.Of([], unchecked((long)state.Epoch), state.Measured, state.Bad);

    public static long HeadOf(Lane lane, LaneState s) =>
        RowCheck.Of([], (long)lane, s.Oldest, s.Acknowledged, s.Appended, s.KeptBytes, s.PendingBytes, s.Opened ?? -1);

    private static LaneState LoadLane(SqliteConnection db, Lane lane)
    {
        using var select = new Statement(db, """
            SELECT oldest, acknowledged, appended, kept_bytes, pending_bytes, opened, head FROM lane WHERE lane = ?1
            """);
        using var row = select.Query((long)lane);
        if (!row.Read()) throw new OutboxDamagedException($"its lane {lane} is missing");
        var s = new LaneState(row.Whole(0), row.Whole(1), row.Whole(2), row.Whole(3), row.Whole(4))
        {
            Opened = row.IsDBNull(5) ? null : row.Whole(5),
        };
        return row.IsDBNull(6) || row.Whole(6) == HeadOf(lane, s)
            ? s
            : throw new OutboxDamagedException($"its lane {lane} does not fit its sum");
    }
}

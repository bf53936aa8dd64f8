namespace AirIsland.Fieldbus.Profiles;

/// <summary>Reads how a point may change, and which of its changes are reported.</summary>
internal static class ChangeReader
{
    private const decimal LargestCount = 1e15m;

    /// <param name="fields">Of the point.</param>
    /// <param name="point">Its meaning as read so far.</param>
    public static ChangeRules Read(FieldReader fields, ProfilePoint point)
    {
        var change = new ChangeRules
        {
            Deadband = fields.Number("deadband"),
            DeadbandPercent = fields.Number("deadbandPercent"),
            MaxInterval = fields.Time("maxInterval", TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
            MaxRate = fields.Number("maxRate"),
            FrozenAfter = fields.Time("frozenAfter", TimeSpan.FromSeconds(1), TimeSpan.FromDays(30)),
        };
        fields.Check(change.Deadband is null or > 0, "deadband must be greater than 0", "deadband");
        var isShare = change.DeadbandPercent is null or (> 0 and <= 100);
        fields.Check(isShare, "deadbandPercent must be greater than 0, at most 100", "deadbandPercent");
        fields.Check(change.MaxRate is null or > 0, "maxRate must be greater than 0", "maxRate");
        CheckKind(fields, point.Kind);
        var hasDeadband = fields.Has("deadband") || fields.Has("deadbandPercent");
        fields.Check(hasDeadband || !fields.Has("maxInterval"), "maxInterval belongs to points with a deadband");
        fields.Check(!(fields.Has("deadband") && fields.Has("deadbandPercent")), "deadband and deadbandPercent are two words for one rule");
        var hasRange = point is { Minimum: not null, Maximum: not null };
        fields.Check(hasRange || !fields.Has("deadbandPercent"), "deadbandPercent needs minimum and maximum", "minimum", "maximum");
        CheckSizes(fields, point, change);
        return change;
    }

    private static void CheckKind(FieldReader fields, PointKind kind)
    {
        foreach (var name in (ReadOnlySpan<string>)["deadband", "deadbandPercent", "frozenAfter"])
            fields.Check(kind == PointKind.Level || !fields.Has(name), $"{name} belongs to levels: every other change counts", "kind");
        var moves = kind is PointKind.Level or PointKind.Register;
        fields.Check(moves || !fields.Has("maxRate"), "maxRate belongs to levels and registers", "kind");
    }

    private static void CheckSizes(FieldReader fields, ProfilePoint point, ChangeRules change)
    {
        // What is wrong already is not multiplied.
        if (point.Resolution is <= 0 or > 1_000m) return;
        foreach (var (name, value) in ((string, decimal?)[])[("deadband", change.Deadband), ("maxRate", change.MaxRate)])
            fields.Check(!(value > LargestCount * point.Resolution), $"{name} must be at most 1e15 resolutions", name, "resolution");
    }
}

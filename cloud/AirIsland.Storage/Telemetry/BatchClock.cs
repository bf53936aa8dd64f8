using AirIsland.Proto.Columns;

namespace AirIsland.Storage.Telemetry;

/// <summary>
/// What a batch says of its edge's clock: which stretches of it were stamped by a clock that was not believed (ms since 1970 UTC, both
/// inclusive), and what a clock is worth that is.
/// </summary>
public sealed record BatchClock(
    IReadOnlyList<(BlockStamp Stamp, long From, long To)> Stamped, IReadOnlyList<BlockClockFix> Fixes)
{
    /// <summary>No sample is of that time or later: the year 9999, in ms since 1970 UTC.</summary>
    public const long Latest = 253_370_764_800_000;

    /// <summary>Nothing, as nearly always.</summary>
    public static BatchClock Silent { get; } = new([], []);

    /// <summary>What no edge's clock can be; null when all is well.</summary>
    public string? Fault()
    {
        var boots = Stamped.Select(s => (s.Stamp.Boot, s.Stamp.OffsetMs)).Concat(Fixes.Select(f => (f.Boot, f.OffsetMs)));
        foreach (var (boot, offset) in boots)
        {
            if (boot.Length == 0) return "a boot of its clock has no name";
            if (EdgeText.Fault("a boot of its clock", boot, EdgeText.LongestBoot) is { } fault) return fault;
            if (offset is < -Latest or > Latest) return $"its clock of boot '{boot}' is off by {offset} ms";
        }
        return null;
    }

    public static BatchClock Of(DecodedBlock block)
    {
        ArgumentNullException.ThrowIfNull(block);
        if (block.ClockFixes.Count == 0 && block.Groups.All(g => g.Stamp is null)) return Silent;
        var stamped =
            from g in block.Groups
            where g.Stamp is not null
            group g by g.Stamp into s
            select (s.Key, s.Min(g => g.Instants[0]), s.Max(g => g.Instants[^1]));
        return new([.. stamped], block.ClockFixes);
    }
}

using NodaTime;

namespace AirIsland.Storage.Telemetry.Blocks;

/// <summary>Hours since 1970 UTC, in which blocks are cut, and the months, counted from year 0, in which they are kept.</summary>
internal static class Hours
{
    public const long Ms = 3_600_000;

    public static long Of(long instantMs) => Math.DivRem(instantMs, Ms) is var (hour, rest) && rest < 0 ? hour - 1 : instantMs / Ms;

    public static long Start(long hour) => hour * Ms;

    public static int MonthOf(long hour)
    {
        var date = Instant.FromUnixTimeSeconds(hour * 3600).InUtc().Date;
        return (date.Year * 12) + date.Month - 1;
    }

    /// <summary>The hours of a month, half-open.</summary>
    public static (long From, long To) In(int month) => (First(month), First(month + 1));

    /// <summary>As in the name of a file: 2026-03.</summary>
    public static string Name(int month) => $"{month / 12:D4}-{(month % 12) + 1:D2}";

    private static long First(int month) => Instant.FromUtc(month / 12, (month % 12) + 1, 1, 0, 0).ToUnixTimeSeconds() / 3600;
}

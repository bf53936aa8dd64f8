using System.Globalization;
using AirIsland.Simulators.Replay;
using CsCheck;
using NodaTime;

namespace AirIsland.Simulators.Tests.Replay;

public sealed class TimeReaderTests
{
    [Theory]
    [InlineData("iso", null, "2026-03-10T05:30:00Z", "2026-03-10T05:30:00Z")]
    [InlineData("iso", null, "2026-03-10T05:30:00.25+08:00", "2026-03-09T21:30:00.25Z")]
    [InlineData("iso", "+08:00", "2026-03-10 05:30", "2026-03-09T21:30:00Z")]
    [InlineData("iso", "Asia/Shanghai", "2026-03-10T05:30:07", "2026-03-09T21:30:07Z")]
    [InlineData("unix-s", null, "1773091800", "2026-03-09T21:30:00Z")]
    [InlineData("unix-s", null, "1773091800.5", "2026-03-09T21:30:00.5Z")]
    [InlineData("unix-ms", null, "1773091800250", "2026-03-09T21:30:00.25Z")]
    [InlineData("M/d/yyyy H:mm", "America/New_York", "5/1/2022 5:00", "2022-05-01T09:00:00Z")]
    [InlineData("dd.MM.yyyy HH:mm:ss", "Europe/Berlin", "01.12.2025 00:00:00", "2025-11-30T23:00:00Z")]
    public void A_cell_is_an_instant(string format, string? zone, string text, string instant) =>
        Assert.Equal(At(instant), new TimeReader(format, zone).Read(text, null, out _));

    [Theory]
    [InlineData("iso", null, "2026-03-10T05:30:00", "no offset")]
    [InlineData("iso", null, "yesterday", "'yesterday' is no time")]
    [InlineData("unix-s", null, "99999999999999999999", "is no time")]
    [InlineData("unix-s", null, "1773091800250", "is no time")]
    [InlineData("M/d/yyyy H:mm", "UTC", "13/1/2022 5:00", "is no time")]
    [InlineData("iso", "Europe/Berlin", "2025-03-30T02:30:00", "there is no such time in Europe/Berlin")]
    public void What_is_no_time_says_why(string format, string? zone, string text, string why)
    {
        Assert.Null(new TimeReader(format, zone).Read(text, null, out var flaw));
        Assert.Contains(why, flaw, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("M/d/yyyy H:mm", null, "zone is missing")]
    [InlineData("iso", "Moon/Tycho", "zone 'Moon/Tycho' is not known")]
    [InlineData("qqq", "UTC", "format 'qqq'")]
    public void A_column_that_cannot_be_read_is_refused(string format, string? zone, string why) =>
        Assert.Contains(why, Assert.Throws<FormatException>(() => new TimeReader(format, zone)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_hour_that_happens_twice_is_told_apart_by_the_row_before()
    {
        var reader = new TimeReader("iso", "Europe/Berlin");

        var first = reader.Read("2025-10-26T02:30:00", null, out _);
        var second = reader.Read("2025-10-26T02:10:00", first, out _);

        Assert.Equal(At("2025-10-26T00:30:00Z"), first);
        Assert.Equal(At("2025-10-26T01:10:00Z"), second);
    }

    /// <summary>Rows less than half an hour apart, across a clock change of any zone, read as what they were.</summary>
    [Fact]
    public void Local_clocks_are_read_right_across_every_clock_change()
    {
        (string Zone, string Change)[] changes =
        [
            ("Europe/Berlin", "2025-10-26T01:00:00Z"), ("Europe/Berlin", "2025-03-30T01:00:00Z"),
            ("America/New_York", "2025-11-02T06:00:00Z"), ("America/New_York", "2025-03-09T07:00:00Z"),
            ("Australia/Lord_Howe", "2025-04-05T15:00:00Z"), ("Australia/Lord_Howe", "2025-10-04T15:30:00Z"),
            ("Asia/Shanghai", "2025-06-01T00:00:00Z"),
        ];
        Gen.Select(Gen.Int[0, changes.Length - 1], Gen.Int[3 * 60, 24 * 60], Gen.Int[0, 29].Array[50, 200]).Sample((which, before, steps) =>
        {
            var zone = DateTimeZoneProviders.Tzdb[changes[which].Zone];
            var reader = new TimeReader("d/M/yyyy HH:mm", zone.Id);
            var instant = At(changes[which].Change).AddMinutes(-before);
            DateTimeOffset? last = null;
            foreach (var step in steps)
            {
                instant = instant.AddMinutes(step);
                var local = Instant.FromDateTimeOffset(instant).InZone(zone).LocalDateTime;
                last = reader.Read(local.ToString("d/M/yyyy HH:mm", CultureInfo.InvariantCulture), last, out var flaw);
                Assert.True(last == instant, $"{zone.Id} {local}: {last:u} for {instant:u} {flaw}");
            }
        });
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}

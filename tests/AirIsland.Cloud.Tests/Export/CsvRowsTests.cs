using System.Text;
using AirIsland.Cloud.Export;
using NodaTime;

namespace AirIsland.Cloud.Tests.Export;

/// <summary>What stands in files, and what becomes of it.</summary>
public sealed class CsvRowsTests
{
    private const string Heading = "time,kW\n";

    [Fact]
    public void A_bad_cell_is_missing_and_counted_by_column_and_row()
    {
        const string Text = "2022-05-01 00:00,1.5\n2022-05-01 00:01,n/a?\n2022-05-01 00:02,\n2022-05-01 00:03,1e30\n";
        var (rows, tally) = Read(Map(), Heading + Text);

        Assert.Equal([15L, null, null, null], rows.Select(r => r.Counts[0]));
        Assert.Equal((2, 3, "n/a?"), (tally.BadCells["kW"].Count, tally.BadCells["kW"].FirstRow, tally.BadCells["kW"].FirstText));
        Assert.Equal((4, 1, 1), (tally.Rows, tally.Values, tally.EmptyCells));
    }

    [Fact]
    public void A_cell_is_rounded_half_to_even_after_factor_and_offset()
    {
        var map = Map() with { Columns = [Map().Columns[0] with { Factor = 2, Offset = 1, Resolution = 1 }] };

        // 2 × 0.75 + 1 = 2.5 and 2 × 1.25 + 1 = 3.5.
        Assert.Equal([2L, 4], Read(map, Heading + "2022-05-01 00:00,0.75\n2022-05-01 00:01,1.25\n").Rows.Select(r => r.Counts[0] ?? 0));
    }

    [Fact]
    public void A_decimal_comma_wants_to_be_named()
    {
        var comma = Map() with { Delimiter = ";", DecimalComma = true };
        const string Text = "time;kW\n2022-05-01 00:00;1,5\n2022-05-01 00:01;1.234,5\n";

        Assert.Equal([15L, null], Read(comma, Text).Rows.Select(r => r.Counts[0]));
        Assert.Equal([null, null], Read(comma with { DecimalComma = false }, Text).Rows.Select(r => r.Counts[0]));
    }

    [Theory]
    [InlineData("gb18030", "gb18030")]
    [InlineData("utf-8", "utf-8")]
    public void Chinese_headings_are_found_in_their_encoding(string written, string said)
    {
        var map = Map() with { Encoding = said, Columns = [Map().Columns[0] with { Column = "1号空压机功率" }] };
        var bytes = Encoding(written).GetBytes("time,1号空压机功率\n2022-05-01 00:00,1.5\n");

        Assert.Equal(15, Assert.Single(new CsvRows(new MemoryStream(bytes), map).Read()).Counts[0]);
    }

    [Fact]
    public void A_wrong_encoding_is_said_and_a_mark_at_the_beginning_is_no_text()
    {
        var map = Map() with { Columns = [Map().Columns[0] with { Column = "功率" }] };
        var wrong = new CsvRows(new MemoryStream(Encoding("gb18030").GetBytes("time,功率\n")), map);
        Assert.Contains("encoding", Assert.Throws<ImportException>(() => wrong.Read().ToList()).Message, StringComparison.Ordinal);

        byte[] marked = [.. Encoding("utf-8").Preamble, .. Encoding("utf-8").GetBytes("time,功率\n2022-05-01 00:00,1.5\n")];
        Assert.Single(new CsvRows(new MemoryStream(marked), map).Read());
    }

    // Summer time ends in New York at 02:00 on 6 November 2022: 01:00 to 02:00 comes twice. It begins on 13 March: 02:00 to 03:00 never
    // comes.
    [Fact]
    public void The_hour_that_comes_twice_is_told_apart_by_order_and_the_one_that_never_comes_is_no_time()
    {
        var map = Map() with { Time = Map().Time with { Zone = "America/New_York" } };
        string[] times = ["00:30", "01:30", "01:00", "01:30", "02:00"];
        var (rows, tally) = Read(map, Heading + string.Concat(times.Select(t => $"2022-11-06 {t},1\n")));

        var first = Instant.FromUtc(2022, 11, 6, 4, 30);
        Assert.Equal([0, 60, 90, 120, 150], rows.Select(r => (int)(r.At - first).TotalMinutes));
        Assert.Equal((3, 0), (tally.AmbiguousTimes, tally.OutOfOrder));

        var never = Read(map, Heading + "2022-03-13 01:30,1\n2022-03-13 02:30,2\n2022-03-13 03:30,3\n");
        Assert.Equal(2, never.Rows.Count);
        Assert.Equal((1, 3, "2022-03-13 02:30"),
            (never.Tally.BadTimes!.Count, never.Tally.BadTimes.FirstRow, never.Tally.BadTimes.FirstText));
    }

    [Fact]
    public void A_repeated_row_is_left_out_and_another_one_of_its_instant_is_kept()
    {
        var (rows, tally) = Read(Map(), Heading + "2022-05-01 00:01,1\n2022-05-01 00:01,2\n2022-05-01 00:01,1\n2022-05-01 00:00,3\n");

        Assert.Equal([10L, 20, 30], rows.Select(r => r.Counts[0] ?? 0));
        Assert.Equal((1, 1, 1), (tally.DuplicateRows, tally.SameInstant, tally.OutOfOrder));
    }

    [Fact]
    public void Every_mistake_of_a_map_is_named_at_once()
    {
        var wrong = Assert.Throws<ImportException>(() => ImportMap.Parse("""
            { "time": { "column": "", "zone": "Mars/Olympus", "format": "q" }, "delimiter": "", "encoding": "klingon",
              "columns": [ { "column": "a", "tag": "no tag", "unit": "", "resolution": 0 } ] }
            """));

        string[] wanted = ["column is missing", "Mars/Olympus", "format 'q'", "delimiter", "klingon", "no tag", "unit", "resolution"];
        foreach (var mistake in wanted)
            Assert.Contains(mistake, wrong.Message, StringComparison.Ordinal);
        var unknown = Assert.Throws<ImportException>(() => ImportMap.Parse("{ \"colums\": [] }"));
        Assert.Contains("colums", unknown.Message, StringComparison.Ordinal);
    }

    private static ImportMap Map() => new()
    {
        Time = new ImportTime { Column = "time", Format = "uuuu-MM-dd HH:mm" },
        Columns = [new ImportColumn { Column = "kW", Tag = "c1/ActivePower", Unit = "kW", Resolution = 0.1m }],
    };

    private static Encoding Encoding(string name)
    {
        System.Text.Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return System.Text.Encoding.GetEncoding(name);
    }

    private static (List<ImportRow> Rows, ImportTally Tally) Read(ImportMap map, string text)
    {
        var rows = new CsvRows(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)), map);
        return ([.. rows.Read()], rows.Tally);
    }
}

using AirIsland.Fieldbus.Dlt645;

namespace AirIsland.Fieldbus.Tests.Dlt645;

public class DltItemsTests
{
    [Theory]
    [InlineData("00010000", 4, 2, "kW.h", false)]
    [InlineData("00010400", 4, 2, "kW.h", false)]
    [InlineData("00020000", 4, 2, "kW.h", false)]
    [InlineData("02010300", 2, 1, "V", false)]
    [InlineData("02020200", 3, 3, "A", true)]
    [InlineData("02030000", 3, 4, "kW", true)]
    [InlineData("02060000", 2, 3, "1", true)]
    [InlineData("02800002", 2, 2, "Hz", false)]
    [InlineData("04000101", 4, 0, "1", false)]
    [InlineData("04000102", 3, 0, "1", false)]
    [InlineData("04000401", 6, 0, "1", false)]
    [InlineData("9010", 4, 2, "kW.h", false)]
    [InlineData("B611", 2, 0, "V", false)]
    [InlineData("B623", 2, 2, "A", false)]
    [InlineData("B630", 3, 4, "kW", false)]
    [InlineData("B650", 2, 3, "1", false)]
    public void The_table_holds_the_standards_formats(string identifier, int bytes, int decimals, string unit, bool hasMinus)
    {
        var item = DltItems.Get(identifier);

        Assert.Equal(new DltFormat(bytes, decimals, unit, hasMinus), item.Format);
        Assert.Equal([item.Identifier], item.Members);
    }

    [Theory]
    [InlineData("0001FF00", "00010000", "00010400", 4, 64)]
    [InlineData("0201FF00", "02010100", "02010300", 2, 3)]
    [InlineData("0203FF00", "02030000", "02030300", 3, 4)]
    [InlineData("901F", "9010", "9014", 4, 15)]
    [InlineData("B61F", "B611", "B613", 2, 3)]
    public void A_block_names_its_members(string block, string first, string another, int index, int count)
    {
        var item = DltItems.Get(block);

        Assert.Equal(count, item.Members.Count);
        Assert.Equal(first, item.Members[0].ToString());
        Assert.Equal(another, item.Members[index > 3 ? 4 : count - 1].ToString());
        Assert.All(item.Members, member => Assert.Equal(item.Format, DltItems.Find(member)?.Format));
    }

    [Fact]
    public void The_largest_block_fits_the_frames_that_its_edition_has()
    {
        // 1997 has no sequence numbers to tell one following frame from another.
        Assert.All(
            DltItems.All.Where(item => item.Identifier.Edition == DltEdition.Edition1997),
            item => Assert.True((item.Members.Count * item.Format.Bytes) + 2 <= DltFrame.MaxData, item.Name));
    }

    [Fact]
    public void Every_item_names_its_source_and_unit() =>
        Assert.All(DltItems.All, item => Assert.True(item is { Source.Length: > 0, Name.Length: > 0, Format.Unit.Length: > 0 }));

    [Theory]
    [InlineData("00010000", DltEdition.Edition2007)]
    [InlineData("9010", DltEdition.Edition1997)]
    public void The_number_of_digits_says_the_edition(string text, DltEdition edition)
    {
        Assert.Equal(edition, DltIdentifier.Parse(text).Edition);
        Assert.Equal(text, DltIdentifier.Parse(text).ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("901")]
    [InlineData("000100")]
    [InlineData("0x9010")]
    [InlineData("zzzz")]
    public void What_is_no_identifier_is_refused(string text)
    {
        Assert.False(DltIdentifier.TryParse(text, out _));
        Assert.Throws<ArgumentException>(() => DltItems.Get(text));
    }

    [Fact]
    public void What_the_table_does_not_know_is_not_guessed()
    {
        Assert.Null(DltItems.Find(DltIdentifier.Parse("02FF0000")));
        Assert.Throws<ArgumentException>(() => DltItems.Get("02FF0000"));
    }
}

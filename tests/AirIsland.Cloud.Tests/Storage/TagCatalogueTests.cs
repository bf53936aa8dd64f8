using AirIsland.Proto.Telemetry.V1;
using AirIsland.Storage.Telemetry;
using Google.Protobuf;

namespace AirIsland.Cloud.Tests.Storage;

/// <summary>What a catalogue may say, and that one which is kept already is read whatever it says.</summary>
public sealed class TagCatalogueTests
{
    [Theory]
    [InlineData("unit", 32)]
    [InlineData("medium", 32)]
    [InlineData("serial", 64)]
    [InlineData("class", 64)]
    [InlineData("group", 128)]
    [InlineData("source", 4096)]
    public void A_text_of_a_tag_has_a_length_and_no_control_characters(string what, int longest)
    {
        TagCatalogue.Of(With(what, new string('x', longest)));

        foreach (var wrong in new[] { new string('x', longest + 1), "a\0", "a\n" })
        {
            var refused = Assert.Throws<InvalidDataException>(() => TagCatalogue.Of(With(what, wrong)));
            Assert.Contains($"{what} of tag 'moushan/lifode/VolumeFlowRate'", refused.Message, StringComparison.Ordinal);
            Assert.Equal(2, TagCatalogue.Parse(With(what, wrong).ToByteArray()).Tags.Count);
        }
    }

    [Theory]
    [InlineData("0.000000000001", true)]
    [InlineData("1000000000", true)]
    [InlineData("0.0000000000009", false)]
    [InlineData("1000000000.1", false)]
    [InlineData("100000000000000000000", false)]
    public void A_resolution_has_bounds(string resolution, bool isTaken)
    {
        var refused = Record.Exception(() => TagCatalogue.Of(With("resolution", resolution)));

        if (isTaken) Assert.Null(refused);
        else Assert.Contains("resolution", Assert.IsType<InvalidDataException>(refused).Message, StringComparison.Ordinal);
    }

    /// <summary>A canonical catalogue with something in its flow.</summary>
    private static Catalogue With(string what, string text)
    {
        var catalogue = Batches.Wire();
        var tag = catalogue.Tags[0];
        if (what == "unit") tag.Unit = text;
        if (what == "medium") tag.Medium = text;
        if (what == "serial") tag.MeterSerial = text;
        if (what == "class") tag.MeterClass = text;
        if (what == "group") tag.Group = text;
        if (what == "source") tag.Source = text;
        if (what == "resolution") tag.Resolution = text;
        return catalogue;
    }
}

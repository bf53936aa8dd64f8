using System.Text;
using AirIsland.Fieldbus.Sparkplug;
using CsCheck;

namespace AirIsland.Fieldbus.Tests.Sparkplug;

public class SparkplugTopicTests
{
    [Theory]
    [InlineData("spBv1.0/Plant/NBIRTH/gate 1")]
    [InlineData("spBv1.0/Plant/NDEATH/gate 1")]
    [InlineData("spBv1.0/Plant/DDATA/gate 1/气表")]
    [InlineData("spBv1.0/Plant/DCMD/gate 1/meter")]
    public void A_topic_is_read_and_written(string topic) => Assert.Equal(topic, SparkplugTopic.Parse(topic)?.ToString());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("spAv1.0/Plant/NBIRTH/gate")]
    [InlineData("spBv1.0/STATE/host")]
    [InlineData("spBv1.0/Plant/NBIRTH")]
    [InlineData("spBv1.0/Plant/NBIRTH/gate/meter")]
    [InlineData("spBv1.0/Plant/DDATA/gate")]
    [InlineData("spBv1.0/Plant/DDATA/gate/meter/more")]
    [InlineData("spBv1.0/Plant/nbirth/gate")]
    [InlineData("spBv1.0/Plant/WHAT/gate")]
    [InlineData("spBv1.0//NBIRTH/gate")]
    [InlineData("spBv1.0/Plant/DDATA/gate/")]
    [InlineData("spBv1.0/Plant/NBIRTH/gate+")]
    public void Anything_else_is_no_topic_of_a_node(string? topic) => Assert.Null(SparkplugTopic.Parse(topic));

    [Theory]
    [InlineData("""{"online":true,"timestamp":1700000000000}""", true, 1_700_000_000_000)]
    [InlineData("""{"timestamp":1,"online":false,"more":[]}""", false, 1)]
    public void A_state_is_read(string json, bool isOnline, long time) =>
        Assert.Equal(new(isOnline, time), HostState.Parse(Encoding.UTF8.GetBytes(json)));

    [Theory]
    [InlineData("ONLINE")]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"online":"true","timestamp":1}""")]
    [InlineData("""{"online":true,"timestamp":1.5}""")]
    [InlineData("""{"online":true}""")]
    public void Anything_else_is_no_state(string json) => Assert.Null(HostState.Parse(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void No_bytes_crash_the_readers_of_topic_and_state() => Gen.Byte.Array[0, 60].Sample(bytes =>
    {
        _ = HostState.Parse(bytes);
        _ = SparkplugTopic.Parse(Encoding.UTF8.GetString(bytes));
    });

    [Fact]
    public void A_state_is_written_as_the_specification_wants_it() =>
        Assert.Equal("""{"online":true,"timestamp":5}""", Encoding.UTF8.GetString(new HostState(true, 5).Encode()));
}

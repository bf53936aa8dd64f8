using AirIsland.Fieldbus.Sparkplug;

namespace AirIsland.Fieldbus.Tests.Sparkplug;

public class EdgeNodeSessionTests
{
    private readonly EdgeNodeSession _session = new("Plant", "gate", 255);

    // tck-id-payloads-sequence-num-zero-nbirth, tck-id-payloads-sequence-num-incrementing
    [Fact]
    public void Numbers_begin_at_0_with_the_birth_and_0_follows_255()
    {
        List<byte?> numbers = [Sequence(_session.Birth(1, [])), Sequence(_session.DeviceBirth("meter", 1, []))];
        for (var i = 0; i < 300; i++) numbers.Add(Sequence(i % 2 == 0 ? _session.Data(1, []) : _session.DeviceData("meter", 1, [])));
        numbers.Add(Sequence(_session.DeviceDeath("meter", 1)));

        Assert.Equal(Enumerable.Range(0, 303).Select(i => (byte?)(i % 256)), numbers);
        Assert.Equal((byte)0, Sequence(_session.Birth(2, [])));
    }

    // tck-id-payloads-ndeath-seq, tck-id-payloads-ndeath-bdseq, tck-id-topics-ndeath-payload
    [Fact]
    public void A_death_has_the_number_of_its_birth_and_nothing_else()
    {
        var death = Read(_session.Death(1));

        Assert.Null(death.Sequence);
        Assert.Equal((byte)255, death.BirthNumber);
        Assert.Equal("bdSeq", Assert.Single(death.Metrics).Name);
        Assert.Equal((byte)255, Read(_session.Birth(1, [])).BirthNumber);
    }

    // tck-id-payloads-nbirth-rebirth-req, tck-id-operational-behavior-data-commands-rebirth-name-aliases
    [Fact]
    public void A_birth_offers_rebirth_without_an_alias()
    {
        var rebirth = Read(_session.Birth(1, [])).Metrics.Single(m => m.Name == "Node Control/Rebirth");

        Assert.Equal((SparkplugDataType.Boolean, false), (rebirth.Type, rebirth.Value.Flag));
        Assert.Null(rebirth.Alias);
    }

    [Fact]
    public void Nobody_speaks_before_its_birth()
    {
        Assert.Throws<InvalidOperationException>(() => _session.Data(1, []));
        _session.Birth(1, []);
        Assert.Throws<InvalidOperationException>(() => _session.DeviceData("meter", 1, []));
        _session.DeviceBirth("meter", 1, []);
        _session.DeviceDeath("meter", 1);
        Assert.Throws<InvalidOperationException>(() => _session.DeviceData("meter", 1, []));
        _session.DeviceBirth("meter", 1, []);
        _session.Birth(2, []);
        Assert.False(_session.Lives("meter"));
    }

    private static SparkplugPayload Read(SparkplugMessage message) => SparkplugPayload.Decode(message.Payload);

    private static byte? Sequence(SparkplugMessage message) => Read(message).Sequence;
}

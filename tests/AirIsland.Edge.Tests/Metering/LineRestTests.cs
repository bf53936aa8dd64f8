using AirIsland.Edge.Metering;

namespace AirIsland.Edge.Tests.Metering;

/// <summary>How long a line that cannot be had is left alone.</summary>
public class LineRestTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    // An adapter that is plugged in again, or a gateway that has dialled, is not to wait for the end of a long rest.
    [Fact]
    public async Task A_port_or_a_gateway_that_dials_in_is_looked_for_every_few_seconds_and_an_address_is_left_alone()
    {
        string[] addresses = ["serial:/dev/ttyUSB0", "dial-in:7000/annex", "10.0.0.5:502"];
        var rests = addresses.Select(a => EndpointOptions.At(a).NewRest(Hour, Hour)).ToArray();

        foreach (var rest in rests) rest.Fail("gone");
        Assert.All(rests, r => Assert.True(r.IsResting));
        await Task.WhenAll(rests[0].Rest, rests[1].Rest).WaitAsync(TimeSpan.FromSeconds(20));

        Assert.True(rests[2].IsResting);
    }
}

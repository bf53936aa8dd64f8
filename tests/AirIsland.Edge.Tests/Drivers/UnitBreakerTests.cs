using AirIsland.Edge.Drivers.Modbus;
using AirIsland.Edge.Metering;
using Microsoft.Extensions.Time.Testing;

namespace AirIsland.Edge.Tests.Drivers;

public class UnitBreakerTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Ms = TimeSpan.FromMilliseconds(1);

    private static readonly ModbusDriverOptions Options = new() { ShortestRest = Second, LongestRest = TimeSpan.FromMinutes(1) };

    private readonly FakeTimeProvider _time = new();
    private readonly DeviceGauge _gauge;

    public UnitBreakerTests() => _gauge = new HealthBoard(_time).Add("meter");

    [Fact]
    public void Two_failures_are_no_reason_to_rest_and_an_answer_forgives_them()
    {
        var breaker = Breaker();
        for (var i = 0; i < 10; i++)
        {
            breaker.Failed(Second, isShared: true);
            breaker.Failed(Second, isShared: true);
            Assert.Equal((false, true), (breaker.IsResting, breaker.IsSuspect));
            breaker.Answered();
        }
        Assert.False(breaker.IsSuspect);
        breaker.Failed(Second, isShared: true);
        Assert.Equal(Second, breaker.Patience(Second));
    }

    [Fact]
    public void Rests_double_up_to_the_longest_and_end_by_themselves()
    {
        var breaker = Opened(isShared: false);
        foreach (var seconds in new[] { 1, 2, 4, 8, 16, 32, 60, 60 })
        {
            // A fifth of it is left to chance.
            _time.Advance((seconds * 0.8 * Second) - Ms);
            Assert.True(breaker.IsResting, $"{seconds} s");
            _time.Advance((seconds * 0.2 * Second) + (2 * Ms));
            Assert.False(breaker.IsResting, $"{seconds} s");
            breaker.Failed(Ms, isShared: false);
        }
    }

    // OpenEMS/openems#6: a bus has only so much time.
    [Fact]
    public void A_unit_of_a_shared_line_fails_for_a_hundredth_of_its_time_at_most()
    {
        var breaker = Opened(isShared: true, took: 100 * Ms);
        _time.Advance(7.9 * Second);
        Assert.True(breaker.IsResting);
        _time.Advance(2.2 * Second);
        Assert.False(breaker.IsResting);
    }

    // edgexfoundry/device-modbus-go#684: a second for each try of a dead device filled the queues.
    [Fact]
    public void Patience_with_a_unit_that_rested_is_what_its_answers_took_and_grows_with_each_probe()
    {
        for (var i = 0; i < 50; i++) Answer(10 * Ms);
        var breaker = Opened(isShared: false);

        var first = breaker.Patience(Second);
        Assert.InRange(first, 20 * Ms, 30 * Ms);
        Assert.Equal(DeviceState.Probing, _gauge.Read().State);
        breaker.Failed(first, isShared: false);
        Assert.Equal(2 * first, breaker.Patience(Second));
        for (var i = 0; i < 10; i++) breaker.Failed(first, isShared: false);
        Assert.Equal(Second, breaker.Patience(Second));
        breaker.Answered();
        Assert.Equal(Second, breaker.Patience(Second));
    }

    [Fact]
    public void A_unit_that_never_answered_is_probed_with_an_eighth_of_the_timeout_first() =>
        Assert.Equal(125 * Ms, Opened(isShared: false).Patience(Second));

    [Fact]
    public void A_gauge_tells_the_round_trip_smoothed_and_the_slowest_but_one()
    {
        for (var i = 0; i < 100; i++) Answer(i == 50 ? 900 * Ms : 10 * Ms);
        _gauge.TimedOut();
        _gauge.Failed();

        var health = _gauge.Read();
        Assert.InRange(health.RoundTrip!.Value, 10 * Ms, 20 * Ms);
        Assert.Equal(10 * Ms, health.SlowRoundTrip!.Value);
        Assert.Equal((100, 1, 2), (health.Requests, health.Timeouts, health.Failures));
        Assert.Equal(_time.GetUtcNow(), health.LastAnswer);
    }

    private UnitBreaker Breaker() => new(Options, _gauge, _time);

    private UnitBreaker Opened(bool isShared, TimeSpan took = default)
    {
        var breaker = Breaker();
        for (var i = 0; i < UnitBreaker.FailuresToRest; i++) breaker.Failed(took, isShared);
        return breaker;
    }

    private void Answer(TimeSpan took)
    {
        var asked = _gauge.Ask();
        _time.Advance(took);
        _gauge.Answered(asked);
    }
}

namespace AirIsland.Architecture.Tests.Clock;

public sealed class ClockTests
{
    [Fact]
    public void The_system_clock_is_read_in_composition_roots_only() => ClockRule.Judge(Repository.Product).MustHold(atLeast: 40);

    [Theory]
    [InlineData("TimeProvider.System")]
    [InlineData("System.TimeProvider.System.GetUtcNow()")]
    [InlineData("DateTime.Now")]
    [InlineData("DateTime.UtcNow.AddDays(1)")]
    [InlineData("global::System.DateTime.Today")]
    [InlineData("DateTimeOffset.Now")]
    [InlineData("DateTimeOffset.UtcNow")]
    [InlineData("Environment.TickCount")]
    [InlineData("Environment.TickCount64")]
    [InlineData("NodaTime.SystemClock.Instance")]
    [InlineData("Stopwatch.GetTimestamp()")]
    [InlineData("System.Diagnostics.Stopwatch.StartNew().Elapsed")]
    public void A_reading_of_the_system_clock_is_found(string expression) =>
        Judge("edge/AirIsland.Edge/Drivers/A.cs", $"class A {{ object B() => {expression}; }}").MustBreak("is the system clock");

    [Theory]
    [InlineData("class A { Stopwatch _watch = new(); }")]
    [InlineData("using Clock = System.DateTime;")]
    [InlineData("using static System.Environment;")]
    public void A_stopwatch_an_alias_and_a_static_using_are_found(string text) =>
        Judge("simulators/AirIsland.Demo/A.cs", text).MustBreak("is the system clock");

    [Fact]
    public void A_reading_in_a_page_is_found() =>
        Judge("cloud/AirIsland.Web/Twin/A.razor", "<p>@DateTime.Now</p>").MustBreak("DateTime.Now is the system clock");

    [Theory]
    [InlineData("cloud/AirIsland.Cloud/CloudApp.cs", "class A { object B() => TimeProvider.System; }")]
    [InlineData("edge/AirIsland.Edge/Uplink/A.cs", "class A(TimeProvider time) { object B() => time.GetUtcNow(); }")]
    [InlineData("edge/AirIsland.Edge/Uplink/A.cs", "/* never DateTime.Now */ class A { string B => \"DateTime.Now\"; }")]
    [InlineData("edge/AirIsland.Edge/Uplink/A.cs", "class A { object B() => new DateTime(2026, 1, 1) + Environment.NewLine; }")]
    public void A_composition_root_and_an_injected_clock_are_accepted(string path, string text) => Judge(path, text).MustHold();

    private static Verdict Judge(string path, string text) => ClockRule.Judge([new(path, text)]);
}

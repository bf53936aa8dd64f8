using System.Reflection;
using AirIsland.Domain.Stations;
using AirIsland.Quantities;

namespace AirIsland.Architecture.Tests.Purity;

public sealed class PurityTests
{
    [Fact]
    public void Domain_and_quantities_are_linked_to_the_runtime_and_time_arithmetic_only() =>
        PurityRule.JudgeAssemblies([typeof(Station).Assembly, typeof(Quality).Assembly]).MustHold(atLeast: 3);

    [Fact]
    public void Domain_and_quantities_have_no_async_no_io_no_clock_and_no_randomness_of_their_own() =>
        PurityRule.JudgeSources(Repository.Product.Where(f => f.IsUnder("cloud/AirIsland.Domain/", "proto/AirIsland.Quantities/")))
            .MustHold(atLeast: 20);

    [Fact]
    public void An_impure_assembly_is_found()
    {
        // This very test assembly: linked to xunit, Roslyn and threads.
        var verdict = PurityRule.JudgeAssemblies([Assembly.GetExecutingAssembly()]);

        Assert.Contains(verdict.Breaches, b => b.EndsWith("is linked to xunit.core", StringComparison.Ordinal));
        Assert.Contains(verdict.Breaches, b => b.EndsWith("is linked to Microsoft.CodeAnalysis.CSharp", StringComparison.Ordinal));
        Assert.DoesNotContain(verdict.Breaches, b => b.EndsWith("is linked to System.Runtime", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("class A { async void B() { } }", "async")]
    [InlineData("class A { Task B() => C(); }", "Task")]
    [InlineData("class A { IAsyncEnumerable<int>? B; }", "IAsyncEnumerable")]
    [InlineData("class A { string B() => File.ReadAllText(C); }", "File")]
    [InlineData("using System.IO.Compression;", "System.IO.Compression")]
    [InlineData("using System.Net.Http;", "System.Net.Http")]
    [InlineData("using Microsoft.Extensions.Logging;", "Microsoft.Extensions.Logging")]
    [InlineData("class A { System.Threading.Lock? B; }", "System.Threading.Lock")]
    [InlineData("class A { void B() { Console.WriteLine(); } }", "Console")]
    [InlineData("class A(TimeProvider time);", "TimeProvider")]
    [InlineData("class A { object B() => DateTime.UtcNow; }", "DateTime.UtcNow")]
    [InlineData("class A { object B() => NodaTime.SystemClock.Instance; }", "SystemClock.Instance")]
    [InlineData("class A { int B() => Random.Shared.Next(); }", "Random.Shared")]
    [InlineData("class A { object B() => new Random(); }", "new Random()")]
    [InlineData("class A { Random _b = new(); }", "Random _b = new()")]
    [InlineData("class A { object B() => Guid.NewGuid(); }", "Guid.NewGuid")]
    public void An_impurity_is_found(string text, string expected) => Judge(text).MustBreak(expected);

    [Theory]
    [InlineData("using NodaTime; class A { Instant B(Instant now, Random random) => now + Duration.FromSeconds(random.Next()); }")]
    [InlineData("using System.Collections.Immutable; class A { ImmutableArray<int> Files => [1]; }")]
    [InlineData("class A { /* async Task */ string C => \"DateTime.Now\"; }")]
    [InlineData("class A { object B(int seed) => new Random(seed); DateTime? C; }")]
    public void Time_and_randomness_that_arrive_as_arguments_are_accepted(string text) => Judge(text).MustHold();

    private static Verdict Judge(string text) => PurityRule.JudgeSources([new("cloud/AirIsland.Domain/Leak/A.cs", text)]);
}

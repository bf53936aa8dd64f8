namespace AirIsland.Simulators.Scenarios.Events;

/// <summary>What cannot be in the events of a scenario, whatever its station.</summary>
internal static class EventCheck
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(ScenarioFile.MostDays);

    public static IEnumerable<string> MistakesIn(IReadOnlyList<ScenarioEvent> events) =>
    [
        .. events.SelectMany(MistakesOf),
        .. from same in events.GroupBy(e => e.Name) where same.Count() > 1 select $"two events are called '{same.Key}'",
        .. events.SelectMany(e => e.Holds, (one, thing) => (One: one, Thing: thing)).GroupBy(h => h.Thing)
            .SelectMany(h => Overlaps(h.Key, [.. h.Select(held => held.One).OrderBy(e => e.From)])),
    ];

    private static IEnumerable<string> MistakesOf(ScenarioEvent one)
    {
        if (one.From < TimeSpan.Zero) yield return $"{one.Name}: it begins before the scenario";
        if (one.From > Longest || one.To > Longest) yield return $"{one.Name}: it begins or ends after more than {Longest.Days} days";
        if (one.To <= one.From) yield return $"{one.Name}: it ends at {one.To}, not after {one.From}";
        if (one.Over < TimeSpan.Zero || one.Over > Longest) yield return $"{one.Name}: it grows for {one.Over}";
        if (one.Over > TimeSpan.Zero && !one.CanGrow) yield return $"{one.Name}: it is there or not and cannot grow";
        if (one.To - one.From < one.Over) yield return $"{one.Name}: it grows for {one.Over} and is over before that";
    }

    private static IEnumerable<string> Overlaps(string thing, ScenarioEvent[] inOrder) =>
        from pair in inOrder.Zip(inOrder.Skip(1))
        // What lasts at a meter is never put back, and another one may come on top.
        where pair.First.To > pair.Second.From || pair.First.To is null && pair.First is not MeterEvent
        select $"{pair.First.Name} and {pair.Second.Name}: two events on the {thing} at once";
}

namespace AirIsland.Architecture.Tests;

/// <summary>
/// What a rule says: how many things it looked at and every breach it found, as <c>where: what</c>. A rule that looked at nothing has
/// not been kept, it has been switched off; so <see cref="MustHold"/> wants to know that there was something to judge.
/// </summary>
internal sealed record Verdict(int Judged, IReadOnlyList<string> Breaches)
{
    public static Verdict Of<T>(IEnumerable<T> subjects, Func<T, IEnumerable<string>> breaches)
    {
        var judged = subjects.ToList();
        return new(judged.Count, [.. judged.SelectMany(breaches).Distinct()]);
    }

    public static Verdict operator +(Verdict a, Verdict b) => new(a.Judged + b.Judged, [.. a.Breaches, .. b.Breaches]);

    public void MustHold(int atLeast = 1)
    {
        Assert.True(Judged >= atLeast, $"the rule judged {Judged} things, at least {atLeast} were expected");
        Assert.True(Breaches.Count == 0, $"breaches: {Breaches.Count}\n{string.Join('\n', Breaches)}");
    }

    /// <summary>Exactly one breach, and it says <paramref name="expected"/>: the rule is seen red.</summary>
    public void MustBreak(string expected)
    {
        var breach = Assert.Single(Breaches);
        Assert.Contains(expected, breach, StringComparison.Ordinal);
    }
}

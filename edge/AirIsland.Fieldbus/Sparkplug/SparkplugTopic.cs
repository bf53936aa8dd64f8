namespace AirIsland.Fieldbus.Sparkplug;

/// <summary>
/// <c>spBv1.0/GROUP/VERB/NODE[/DEVICE]</c>: who speaks, and what kind of message it is. <see cref="Device"/> is null exactly for the verbs
/// of a node.
/// </summary>
public sealed record SparkplugTopic(string Group, SparkplugVerb Verb, string Node, string? Device = null)
{
    /// <summary>The first level of every topic.</summary>
    public const string Namespace = "spBv1.0";

    private const int LongestId = 128;

    private static readonly Dictionary<string, SparkplugVerb> Verbs =
        Enum.GetValues<SparkplugVerb>().ToDictionary(v => v.ToString().ToUpperInvariant(), StringComparer.Ordinal);

    /// <summary>Everything that the nodes of a group send.</summary>
    public static string Filter(string group) => $"{Namespace}/{group}/#";

    /// <summary>
    /// Whether that names a group, a node or a device: not empty, at most 128 characters, no <c>+ # /</c>, nothing invisible.
    /// </summary>
    public static bool IsId(string? text) =>
        !string.IsNullOrWhiteSpace(text) && text.Length <= LongestId && text.AsSpan().IndexOfAny("+#/") < 0 && !text.Any(char.IsControl);

    /// <summary>Null when that is no topic of a node or device: another namespace, a STATE, an unknown verb, a level too many.</summary>
    public static SparkplugTopic? Parse(string? topic)
    {
        if (topic?.Split('/') is not { Length: 4 or 5 } levels || levels[0] != Namespace) return null;
        if (!Verbs.TryGetValue(levels[2], out var verb) || IsOfDevice(verb) != (levels.Length == 5)) return null;
        if (!IsId(levels[1]) || !levels[3..].All(IsId)) return null;
        return new(levels[1], verb, levels[3], levels.Length == 5 ? levels[4] : null);
    }

    public override string ToString() =>
        $"{Namespace}/{Group}/{Verb.ToString().ToUpperInvariant()}/{Node}{(Device is null ? "" : "/")}{Device}";

    private static bool IsOfDevice(SparkplugVerb verb) => verb >= SparkplugVerb.DBirth;
}

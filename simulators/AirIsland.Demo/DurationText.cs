using System.Globalization;

namespace AirIsland.Demo;

/// <summary>Durations as people write them on a command line: <c>40s</c>, <c>5m</c>, <c>1h</c>.</summary>
internal static class DurationText
{
    /// <summary>Chosen: a month, which every timer can still wait for.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    /// <exception cref="FormatException">Names the option.</exception>
    public static TimeSpan Parse(string option, string text)
    {
        var number = text.Length > 1 && double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var n)
            ? n
            : -1;
        var seconds = number * text.LastOrDefault() switch { 's' => 1, 'm' => 60, 'h' => 3600, _ => double.NaN };
        return seconds > 0 && seconds <= Longest.TotalSeconds
            ? TimeSpan.FromSeconds(seconds)
            : throw new FormatException($"{option} {text}: something like 40s, 5m or 1h is wanted, at most {Longest.TotalHours:0}h");
    }
}

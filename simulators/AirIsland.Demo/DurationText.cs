using System.Globalization;

namespace AirIsland.Demo;

/// <summary>Durations as people write them on a command line: <c>40s</c>, <c>5m</c>, <c>1h</c>.</summary>
internal static class DurationText
{
    /// <exception cref="FormatException">Names the option.</exception>
    public static TimeSpan Parse(string option, string text)
    {
        var number = text.Length > 1 && double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var n)
            ? n
            : -1;
        return (number, text.LastOrDefault()) switch
        {
            ( > 0, 's') => TimeSpan.FromSeconds(number),
            ( > 0, 'm') => TimeSpan.FromMinutes(number),
            ( > 0, 'h') => TimeSpan.FromHours(number),
            _ => throw new FormatException($"{option} {text}: something like 40s, 5m or 1h is wanted"),
        };
    }
}

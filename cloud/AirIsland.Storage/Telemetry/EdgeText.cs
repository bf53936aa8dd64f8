namespace AirIsland.Storage.Telemetry;

/// <summary>
/// Texts that an edge sends, and how many characters each may have at most; none has control characters. No database is to meet one that
/// its rows or indexes cannot hold.
/// </summary>
public static class EdgeText
{
    public const int LongestBoot = 64;
    public const int LongestGroup = 128;
    public const int LongestReason = 256;
    public const int LongestUnit = 32;
    public const int LongestMedium = 32;
    public const int LongestSerial = 64;
    public const int LongestClass = 64;

    /// <summary>Of a computed tag it is the expression.</summary>
    public const int LongestSource = 4096;

    /// <summary>What is wrong with a text, without the text; null when all is well.</summary>
    public static string? Fault(string what, string text, int longest)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > longest) return $"{what} has {text.Length} characters, limit {longest}";
        return text.Any(char.IsControl) ? $"{what} has a control character" : null;
    }
}

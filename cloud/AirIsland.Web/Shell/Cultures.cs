using System.Globalization;

namespace AirIsland.Web.Shell;

/// <summary>The languages the pages speak: Chinese by default, English.</summary>
public static class Cultures
{
    public const string Chinese = "zh-CN";

    public const string English = "en";

    public static IReadOnlyList<string> All { get; } = [Chinese, English];

    /// <summary>Whether the current request or circuit is in English; everything else reads Chinese.</summary>
    public static bool IsEnglish => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";

    /// <summary>For the <c>lang</c> attribute: glyph variants of Chinese depend on it.</summary>
    public static string Current => IsEnglish ? English : Chinese;

    public static string Pick(string chinese, string english) => IsEnglish ? english : chinese;
}

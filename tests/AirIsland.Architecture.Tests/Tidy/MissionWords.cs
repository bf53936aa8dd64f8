namespace AirIsland.Architecture.Tests.Tidy;

/// <summary>The words of the mission. Each names one folder in the domain, in the web and in the domain's tests.</summary>
internal static class MissionWords
{
    public static readonly string[] All = ["Metering", "Efficiency", "Leak", "Billing", "Dispatch", "Alarms", "Upkeep", "Twin"];

    /// <summary>What every mission stands on and none owns: who and where.</summary>
    public const string Ground = "Stations";

    /// <summary>
    /// Words that the domain knows and the web has no page for, with the reason. The list only shrinks: a word that gets its page must
    /// leave it.
    /// </summary>
    public static readonly IReadOnlyDictionary<string, string> WithoutPage = new Dictionary<string, string>
    {
        ["Metering"] = "registers are seen on the bill; a page of its own comes with the editing of meter data",
        ["Efficiency"] = "the ratio is served by the API; its page comes with the assessment",
        ["Leak"] = "the estimate is served by the API; its page comes with leak management",
    };
}

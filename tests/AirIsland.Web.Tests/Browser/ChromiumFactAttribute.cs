namespace AirIsland.Web.Tests.Browser;

/// <summary>A test that needs Debian's Chromium; skipped by name and reason where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ChromiumFactAttribute : FactAttribute
{
    public ChromiumFactAttribute()
    {
        if (!File.Exists(LiveStation.Chromium)) Skip = $"chromium is not installed at {LiveStation.Chromium}";
    }
}

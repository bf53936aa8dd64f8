using NodaTime;
using NodaTime.Text;

namespace AirIsland.Cloud.Export;

/// <summary>How a file says when: its column, the pattern of its texts, and whose clock it was.</summary>
public sealed record ImportTime
{
    /// <summary>The column's heading.</summary>
    public string Column { get; init; } = "";

    /// <summary>
    /// A pattern of NodaTime for local date and time, e.g. <c>M/d/uuuu H:mm</c>; or <c>iso</c>: ISO 8601 with an offset or Z, needing no
    /// zone. Default <c>iso</c>.
    /// </summary>
    public string Format { get; init; } = "iso";

    /// <summary>IANA zone of the logger's clock. Default <c>UTC</c>.</summary>
    public string Zone { get; init; } = "UTC";

    public IEnumerable<string> Mistakes()
    {
        if (Column.Length == 0) yield return "time: column is missing";
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(Zone) is null) yield return $"time: '{Zone}' is no IANA zone";
        if (Fault() is { } fault) yield return $"time: format '{Format}': {fault}";
    }

    /// <summary>A reader that remembers the row before.</summary>
    public TimeReader Reader() => new(this);

    private string? Fault()
    {
        try
        {
            if (Format != "iso") _ = LocalDateTimePattern.CreateWithInvariantCulture(Format);
            return null;
        }
        catch (InvalidPatternException e)
        {
            return e.Message;
        }
    }
}

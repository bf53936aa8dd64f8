namespace AirIsland.Web.Twin.Layout;

/// <summary>
/// The viewBox of a diagram and where its columns stand. There are two, so that small screens get fewer labels instead of smaller ones.
/// </summary>
public sealed record DiagramSize(string Name, double Width, double Height)
{
    /// <summary>For screens from 1500 px: one unit is 1 px or more.</summary>
    public static readonly DiagramSize Wide = new("wide", 1460, 640)
    {
        Most = CardDetail.Full,
        Compressors = new(14, 322),
        WetHeader = 386,
        Dryers = new(420, 120),
        Receivers = new(584, 120),
        Header = new(744, 240),
        Branches = 1034,
        Companies = new(1098, 348),
    };

    /// <summary>For 1366 × 768 and the like.</summary>
    public static readonly DiagramSize Compact = new("compact", 1340, 580)
    {
        Most = CardDetail.Medium,
        Compressors = new(10, 318),
        WetHeader = 366,
        Dryers = new(394, 116),
        Receivers = new(538, 116),
        Header = new(676, 220),
        Branches = 936,
        Companies = new(994, 334),
    };

    public required CardDetail Most { get; init; }

    public required Lane Compressors { get; init; }

    /// <summary>Middle of the vertical pipe that gathers the compressors.</summary>
    public required double WetHeader { get; init; }

    public required Lane Dryers { get; init; }

    public required Lane Receivers { get; init; }

    public required Lane Header { get; init; }

    /// <summary>Middle of the vertical pipe from which the companies branch.</summary>
    public required double Branches { get; init; }

    public required Lane Companies { get; init; }

    /// <summary>Below the captions of the zones.</summary>
    public double Top { get; init; } = 30;

    public double Bottom => Height - 6;

    /// <summary>Height of the one horizontal pipe that everything hangs on.</summary>
    public double Spine => (Top + Bottom) / 2;
}

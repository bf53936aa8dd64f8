using System.Collections.Immutable;
using AirIsland.Domain.Stations;

namespace AirIsland.Web.Twin.Layout;

/// <summary>
/// Draws a station from its model: lanes by role from left to right, as the air flows, and one horizontal spine between them. A pure
/// function: the same station gives the same picture.
/// </summary>
public static class DiagramBuilder
{
    private const double HeaderHeight = 480;

    public static Diagram Build(Station station, DiagramSize size)
    {
        ArgumentNullException.ThrowIfNull(station);
        ArgumentNullException.ThrowIfNull(size);

        var header = station.Assets.FirstOrDefault(a => a.Kind == AssetKind.Airnet);
        var diagram = new Diagram(station, size)
        {
            Compressors = LaneStack.OfCards(Of(AssetKind.Compressor), size.Compressors, size),
            Dryers = LaneStack.OfSymbols(Of(AssetKind.Dryer), size.Dryers, size),
            Receivers = LaneStack.OfSymbols(Of(AssetKind.Receiver), size.Receivers, size),
            Header = header is null ? null : new(header, HeaderBox(size), size.Most),
            Companies = LaneStack.OfCards(Of(AssetKind.CustomerDistributionPoint), size.Companies, size),
        };
        return diagram with { Pipes = PipeRouter.Route(diagram) };

        ImmutableArray<Asset> Of(AssetKind kind) => [.. station.Assets.Where(a => a.Kind == kind)];
    }

    private static Box HeaderBox(DiagramSize size)
    {
        var height = Math.Min(HeaderHeight, size.Bottom - size.Top);
        return new(size.Header.X, size.Spine - (height / 2), size.Header.Width, height);
    }
}

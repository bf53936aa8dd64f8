using System.Collections.Immutable;
using AirIsland.Domain.Stations;

namespace AirIsland.Web.Twin.Layout;

/// <summary>Stands assets under each other in a lane, evenly, each with the richest card for which there is room.</summary>
public static class LaneStack
{
    private const double Gap = 5;

    private static readonly ImmutableArray<CardHeight> Cards =
    [
        new(CardDetail.Full, 146, 166), new(CardDetail.Medium, 90, 120), new(CardDetail.Brief, 44, 60), new(CardDetail.Line, 22, 30),
    ];

    private static readonly CardHeight Symbol = new(CardDetail.Full, 60, 190);

    public static ImmutableArray<Placed> OfCards(IReadOnlyList<Asset> assets, Lane lane, DiagramSize size) =>
        Stack(assets, lane, size, slot => Cards.FirstOrDefault(c => c.Detail <= size.Most && c.Least + Gap <= slot) ?? Cards[^1]);

    public static ImmutableArray<Placed> OfSymbols(IReadOnlyList<Asset> assets, Lane lane, DiagramSize size) =>
        Stack(assets, lane, size, _ => Symbol);

    private static ImmutableArray<Placed> Stack(IReadOnlyList<Asset> assets, Lane lane, DiagramSize size, Func<double, CardHeight> choose)
    {
        if (assets.Count == 0)
            return [];
        var slot = (size.Bottom - size.Top) / assets.Count;
        var card = choose(slot);
        var height = Math.Min(slot - Gap, card.Greatest);
        return [.. assets.Select((asset, i) => new Placed(asset, At(i), card.Detail))];

        Box At(int i) => new(lane.X, size.Top + (slot * i) + ((slot - height) / 2), lane.Width, height);
    }
}

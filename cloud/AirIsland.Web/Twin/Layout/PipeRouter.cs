using System.Collections.Immutable;

namespace AirIsland.Web.Twin.Layout;

/// <summary>Runs the pipes of a diagram: horizontal and vertical only, always drawn in the direction of the air.</summary>
internal static class PipeRouter
{
    private const double Leg = 14;
    private const double SubHeader = 17;
    private const double Spine = 20;

    public static ImmutableArray<Pipe> Route(Diagram diagram)
    {
        var size = diagram.Size;
        var tags = new StationTags(diagram.Station.Id);
        var total = Middle(diagram, tags);
        return
        [
            .. Gather(diagram, tags),
            .. Spread(diagram.Dryers, total, size.WetHeader, size.Dryers.Right + 22, size.Spine),
            .. Spread(diagram.Receivers, total, size.Dryers.Right + 22, size.Receivers.Right + 22, size.Spine),
            total with { Path = Horizontal(size.Receivers.Right + 22, size.Branches, size.Spine) },
            .. Branch(diagram, tags),
        ];
    }

    private static Pipe Middle(Diagram diagram, StationTags tags)
    {
        var capacities = diagram.Companies.Select(c => c.Asset.Capacity).ToArray();
        return new("", Spine)
        {
            FlowTags = [tags.TotalFlow],
            Capacity = capacities.Length > 0 && capacities.All(c => c > 0) ? capacities.Sum() : null,
        };
    }

    private static IEnumerable<Pipe> Gather(Diagram diagram, StationTags tags)
    {
        var size = diagram.Size;
        foreach (var machine in diagram.Compressors)
            yield return new(Horizontal(machine.Box.Right, size.WetHeader, machine.Box.MiddleY), Leg) { StateTags = [State(machine)] };
        foreach (var (from, to, beyond) in Segments(diagram.Compressors, size.Spine))
            yield return new(Vertical(size.WetHeader, from, to), SubHeader) { StateTags = [.. beyond.Select(State)] };

        string State(Placed machine) => tags.State(machine.Asset.Id);
    }

    private static IEnumerable<Pipe> Branch(Diagram diagram, StationTags tags)
    {
        var size = diagram.Size;
        foreach (var (from, to, beyond) in Segments(diagram.Companies, size.Spine))
            yield return Metered(Vertical(size.Branches, to, from), SubHeader, beyond);
        foreach (var company in diagram.Companies)
            yield return Metered(Horizontal(size.Branches, company.Box.X, company.Box.MiddleY), Leg, [company]);

        Pipe Metered(string path, double casing, ImmutableArray<Placed> beyond) => new(path, casing)
        {
            FlowTags = [.. beyond.Select(p => tags.Flow(p.Asset.Id))],
            Capacity = beyond.All(p => p.Asset.Capacity > 0) ? beyond.Sum(p => p.Asset.Capacity) : null,
        };
    }

    /// <summary>Parallel trains between two vertical headers; one train or none is just a piece of the spine.</summary>
    private static IEnumerable<Pipe> Spread(ImmutableArray<Placed> trains, Pipe like, double left, double right, double spine)
    {
        if (trains.Length < 2)
        {
            yield return like with { Path = Horizontal(left, right, spine) };
            yield break;
        }

        var (split, join) = (trains[0].Box.X - 12, trains[0].Box.Right + 10);
        yield return like with { Path = Horizontal(left, split, spine) };
        yield return like with { Path = Horizontal(join, right, spine) };
        foreach (var (from, to, _) in Segments(trains, spine))
        {
            yield return like with { Path = Vertical(split, to, from), Casing = SubHeader };
            yield return like with { Path = Vertical(join, from, to), Casing = SubHeader };
        }

        foreach (var train in trains)
            yield return like with { Path = Horizontal(split, join, train.Box.MiddleY), Casing = Leg };
    }

    /// <summary>
    /// The pieces of a vertical header between taps, each running towards the spine, with everything that taps it farther out.
    /// </summary>
    private static IEnumerable<(double From, double To, ImmutableArray<Placed> Beyond)> Segments(ImmutableArray<Placed> taps, double spine)
    {
        foreach (var side in taps.Where(t => Math.Abs(t.Box.MiddleY - spine) > 0.5).GroupBy(t => t.Box.MiddleY < spine))
        {
            var outward = side.OrderBy(t => Math.Abs(t.Box.MiddleY - spine)).ToImmutableArray();
            for (var i = 0; i < outward.Length; i++)
                yield return (outward[i].Box.MiddleY, i == 0 ? spine : outward[i - 1].Box.MiddleY, outward[i..]);
        }
    }

    private static string Horizontal(double from, double to, double y) => FormattableString.Invariant($"M{from:0.#},{y:0.#} H{to:0.#}");

    private static string Vertical(double x, double from, double to) => FormattableString.Invariant($"M{x:0.#},{from:0.#} V{to:0.#}");
}

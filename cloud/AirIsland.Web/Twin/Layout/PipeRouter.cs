using System.Collections.Immutable;

namespace AirIsland.Web.Twin.Layout;

/// <summary>Runs the pipes of a diagram: horizontal and vertical only, always drawn in the direction of the air.</summary>
internal static class PipeRouter
{
    private const double Leg = 14;
    private const double SubHeader = 17;
    private const double Spine = 20;

    /// <summary>How far a square cap of the spine would stick out behind the vertical headers at its ends.</summary>
    private const double CapExcess = (Spine - SubHeader) / 2;

    public static ImmutableArray<Pipe> Route(Diagram diagram)
    {
        var tags = new StationTags(diagram.Station.Id);
        return [.. Gather(diagram, tags), .. Along(diagram, Middle(diagram, tags)), .. Branch(diagram, tags)];
    }

    /// <summary>The spine, in as few pieces as there are: it only breaks where several trains stand in parallel.</summary>
    private static IEnumerable<Pipe> Along(Diagram diagram, Pipe like)
    {
        var spine = diagram.Size.Spine;
        var at = diagram.Size.WetHeader + CapExcess;
        foreach (var trains in new[] { diagram.Dryers, diagram.Receivers }.Where(t => t.Length > 1))
        {
            var (split, join) = (trains[0].Box.X - 8, trains[0].Box.Right + 8);
            yield return like with { Path = Horizontal(at, split - CapExcess, spine) };
            foreach (var pipe in Parallel(trains, like, split, join, spine))
                yield return pipe;
            at = join + CapExcess;
        }

        yield return like with { Path = Horizontal(at, diagram.Size.Branches - CapExcess, spine) };
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

    private static IEnumerable<Pipe> Parallel(ImmutableArray<Placed> trains, Pipe like, double split, double join, double spine)
    {
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

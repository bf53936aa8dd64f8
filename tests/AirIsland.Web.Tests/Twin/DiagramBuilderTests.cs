using AirIsland.Web.Twin.Layout;

namespace AirIsland.Web.Tests.Twin;

public sealed class DiagramBuilderTests
{
    public static TheoryData<DiagramSize> Sizes => [DiagramSize.Wide, DiagramSize.Compact];

    [Theory, MemberData(nameof(Sizes))]
    public void Nothing_overlaps_and_everything_is_inside_the_picture(DiagramSize size)
    {
        var picture = new Box(0, 0, size.Width, size.Height);
        foreach (var (compressors, companies) in Counts())
        {
            var diagram = DiagramBuilder.Build(Stations.Of(compressors, companies, trains: 1 + (compressors % 3)), size);

            var boxes = diagram.All.Select(p => p.Box).ToArray();
            Assert.Equal(compressors + companies + (2 * (1 + (compressors % 3))) + 1, boxes.Length);
            Assert.All(boxes, box => Assert.True(picture.Contains(box), $"{box} sticks out of {size.Name} with {compressors}/{companies}"));
            for (var i = 0; i < boxes.Length; i++)
            {
                for (var j = i + 1; j < boxes.Length; j++)
                    Assert.False(boxes[i].Overlaps(boxes[j]), $"{boxes[i]} and {boxes[j]} overlap: {size.Name} {compressors}/{companies}");
            }
        }
    }

    [Theory, MemberData(nameof(Sizes))]
    public void Every_pipe_is_horizontal_or_vertical_and_inside_the_picture(DiagramSize size)
    {
        foreach (var (compressors, companies) in Counts())
        {
            var diagram = DiagramBuilder.Build(Stations.Of(compressors, companies, trains: 2), size);

            Assert.All(diagram.Pipes, pipe =>
            {
                var (x, y, x2, y2) = Ends(pipe);
                Assert.True(x == x2 || y == y2, $"{pipe.Path} is slanted");
                Assert.All(new[] { x, x2 }, value => Assert.InRange(value, 0, size.Width));
                Assert.All(new[] { y, y2 }, value => Assert.InRange(value, 0, size.Height));
            });
        }
    }

    [Theory, MemberData(nameof(Sizes))]
    public void Pipes_of_machines_end_at_their_cards_and_run_with_the_air(DiagramSize size)
    {
        var diagram = DiagramBuilder.Build(Stations.Of(5, 4), size);

        Assert.All(diagram.Compressors, machine => Assert.Contains(diagram.Pipes, p => Starts(p, machine.Box.Right, machine.Box.MiddleY)));
        Assert.All(diagram.Companies, company => Assert.Contains(diagram.Pipes, p => Arrives(p, company.Box.X, company.Box.MiddleY)));
        Assert.All(diagram.Pipes.Where(p => p.Path.Contains('H', StringComparison.Ordinal)), p => Assert.True(Ends(p).X2 > Ends(p).X));
    }

    [Fact]
    public void A_branch_header_carries_the_sum_of_the_companies_beyond_it()
    {
        var diagram = DiagramBuilder.Build(Stations.Of(1, 4), DiagramSize.Wide);

        var nearest = diagram.Pipes.Where(p => p.FlowTags.Length == 2).ToArray();

        Assert.Equal(2, nearest.Length);
        Assert.Contains(nearest, p => p.FlowTags.SequenceEqual(["moushan/songyuan/VolumeFlowRate", "moushan/lifode/VolumeFlowRate"]));
        Assert.All(nearest, p => Assert.Equal(60, p.Capacity));
    }

    [Fact]
    public void A_compressor_leg_knows_no_flow_only_whether_the_machine_delivers()
    {
        var diagram = DiagramBuilder.Build(Stations.Of(1, 1), DiagramSize.Wide);

        var leg = Assert.Single(diagram.Pipes, p => p.StateTags.Length > 0);

        Assert.Equal("moushan/compressor-1/OperatingState", Assert.Single(leg.StateTags));
        Assert.Empty(leg.FlowTags);
        Assert.Null(leg.Capacity);
    }

    [Theory]
    [InlineData(3, CardDetail.Full)]
    [InlineData(5, CardDetail.Medium)]
    [InlineData(12, CardDetail.Brief)]
    public void The_more_machines_the_less_each_card_tells(int compressors, CardDetail expected) =>
        Assert.All(DiagramBuilder.Build(Stations.Of(compressors, 2), DiagramSize.Wide).Compressors, c => Assert.Equal(expected, c.Detail));

    [Fact]
    public void The_small_picture_never_shows_full_cards() =>
        Assert.All(DiagramBuilder.Build(Stations.Of(1, 1), DiagramSize.Compact).All.Where(p => p.Asset.Capacity is not null),
            p => Assert.True(p.Detail < CardDetail.Full));

    private static IEnumerable<(int Compressors, int Companies)> Counts() =>
        from compressors in Enumerable.Range(1, 12)
        from companies in Enumerable.Range(1, 20)
        select (compressors, companies);

    private static bool Starts(Pipe pipe, double x, double y) => Near(Ends(pipe).X, x) && Near(Ends(pipe).Y, y);

    private static bool Arrives(Pipe pipe, double x, double y) => Near(Ends(pipe).X2, x) && Near(Ends(pipe).Y2, y);

    private static bool Near(double a, double b) => Math.Abs(a - b) < 0.1;

    /// <summary>Reads <c>Mx,y Hx</c> or <c>Mx,y Vy</c>.</summary>
    private static (double X, double Y, double X2, double Y2) Ends(Pipe pipe)
    {
        var parts = pipe.Path.Split('M', ',', ' ');
        var (x, y, end) = (Number(parts[1]), Number(parts[2]), Number(parts[3][1..]));
        return parts[3][0] == 'H' ? (x, y, end, y) : (x, y, x, end);
    }

    private static double Number(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}

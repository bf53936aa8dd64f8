using System.Xml.Linq;
using AirIsland.Simulators.Physics.Compressors;
using AirIsland.Simulators.Validation;

namespace AirIsland.Simulators.Tests.Validation;

public class PartLoadChartTests
{
    private static readonly PartLoadCurve Cycling = PartLoadCurve.Of(CompressorCatalogue.ScrewLoadUnload);
    private static readonly PartLoadCurve Speed = PartLoadCurve.Of(CompressorCatalogue.ScrewVariableSpeed);

    [Fact]
    public void A_picture_has_a_line_of_ten_points_for_each_machine_and_lies_inside_its_frame()
    {
        var svg = XDocument.Parse(PartLoadChart.Draw([Cycling, Speed]));

        var lines = svg.Descendants().Where(e => e.Name.LocalName == "polyline").Select(e => (string?)e.Attribute("points") ?? "").ToList();
        Assert.Equal(2, lines.Count);
        Assert.All(lines, line => Assert.Equal(10, line.Split(' ').Length));
        Assert.All(
            lines.SelectMany(l => l.Split(' ')).Select(p => p.Split(',').Select(double.Parse).ToArray()),
            p => Assert.True(p[0] is > 60 and < 620 && p[1] is > 10 and < 480, $"{p[0]},{p[1]}"));
        Assert.Contains("screw-variable-speed", svg.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_variable_speed_saves_at_part_load_what_loading_and_unloading_wastes()
    {
        // At half flow: a cycle idles at a quarter of full power and blows down; a speed follows the flow.
        Assert.InRange(Cycling.Points[4].PowerShare, 0.60, 0.85);
        Assert.InRange(Speed.Points[4].PowerShare, 0.47, 0.56);
    }
}

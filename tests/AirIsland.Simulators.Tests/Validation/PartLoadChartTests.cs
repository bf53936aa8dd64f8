using System.Xml.Linq;
using AirIsland.Simulators.Physics.Compressors;
using AirIsland.Simulators.Validation;

namespace AirIsland.Simulators.Tests.Validation;

public class PartLoadChartTests
{
    private static readonly PartLoadCurve Cycling = PartLoadCurve.Of(CompressorCatalogue.ScrewLoadUnload);
    private static readonly PartLoadCurve Speed = PartLoadCurve.Of(CompressorCatalogue.ScrewVariableSpeed);

    [Fact]
    public void A_picture_of_power_has_a_line_for_each_machine_and_lies_inside_its_frame()
    {
        var svg = XDocument.Parse(PartLoadChart.DrawPower([Cycling, Speed]));

        var lines = svg.Descendants().Where(e => e.Name.LocalName == "polyline").Select(e => (string?)e.Attribute("points") ?? "").ToList();
        Assert.Equal(2, lines.Count);
        Assert.All(lines, line => Assert.Equal(21, line.Split(' ').Length));
        Assert.All(
            lines.SelectMany(l => l.Split(' ')).Select(p => p.Split(',').Select(double.Parse).ToArray()),
            p => Assert.True(p[0] is >= 70 and < 632 && p[1] is > 34 and <= 466, $"{p[0]},{p[1]}"));
        Assert.Contains("screw-variable-speed", svg.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_variable_speed_saves_at_part_load_what_loading_and_unloading_wastes()
    {
        // At half flow: a cycle idles at a quarter of full power and blows down; a speed follows the flow.
        Assert.InRange(Cycling.Points[10].PowerShare, 0.60, 0.85);
        Assert.InRange(Speed.Points[10].PowerShare, 0.47, 0.56);
    }

    [Fact]
    public void A_picture_of_specific_power_marks_the_best_flow_of_each_machine()
    {
        var svg = XDocument.Parse(PartLoadChart.DrawSpecificPower([Speed, Cycling]));

        Assert.Equal(2, svg.Descendants().Count(e => e.Name.LocalName == "circle"));
        var text = svg.ToString();
        Assert.Contains("best 5.88 at 70 % flow", text, StringComparison.Ordinal);
        Assert.Contains("best 6.19 at 100 % flow", text, StringComparison.Ordinal);
        Assert.Contains("kW/(m³/min)", text, StringComparison.Ordinal);
    }
}

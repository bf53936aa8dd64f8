using System.Globalization;
using System.Text;

namespace AirIsland.Simulators.Validation;

/// <summary>Part-load curves as SVG pictures over the flow as a share of rated flow.</summary>
public static class PartLoadChart
{
    private const int Width = 880, Height = 520, Left = 70, Right = 250, Top = 36, Bottom = 54;

    /// <summary>Below it, power over flow says nothing.</summary>
    private const double LeastFlowShare = 0.04;

    private static readonly Axis Power = new("power, % of rated power", 0, 100, 20);
    private static readonly Axis Specific = new("specific power, kW/(m³/min)", 5, 9, 0.5);

    // Told apart by dash as well as by colour (Okabe and Ito's palette).
    private static readonly (string Colour, string Dash)[] Styles =
    [
        ("#0072b2", ""), ("#d55e00", "8 4"), ("#009e73", "2 4"), ("#cc79a7", "12 4 2 4"), ("#56b4e9", "6 6"), ("#e69f00", "16 4"),
        ("#000000", "4 2"),
    ];

    /// <summary>Power as a share of rated power. The dotted line is a machine that wastes nothing.</summary>
    public static string DrawPower(IReadOnlyList<PartLoadCurve> curves)
    {
        ArgumentNullException.ThrowIfNull(curves);
        var svg = Begin(Power);
        Add(svg, $"<path d=\"M{X(0)} {Power.Y(0)}L{X(1)} {Power.Y(100)}\" stroke=\"#999\" stroke-dasharray=\"1 3\"/>");
        for (var i = 0; i < curves.Count; i++)
            Draw(svg, Power, i, curves[i].Machine.Id, [.. curves[i].Points.Select(p => (p.FlowShare, p.PowerShare * 100))]);
        return End(svg);
    }

    /// <summary>Power over flow, kW/(m³/min); the best point of each line is marked. What is above the frame is left out.</summary>
    public static string DrawSpecificPower(IReadOnlyList<PartLoadCurve> curves)
    {
        ArgumentNullException.ThrowIfNull(curves);
        var svg = Begin(Specific);
        for (var i = 0; i < curves.Count; i++)
        {
            var machine = curves[i].Machine;
            var points = curves[i].Points.Where(p => p.FlowShare >= LeastFlowShare)
                .Select(p => (p.FlowShare, Value: machine.SpecificPower * p.PowerShare / p.FlowShare)).ToArray();
            var (share, best) = points.MinBy(p => p.Value);
            Draw(svg, Specific, i, machine.Id, points, $"best {best:F2} at {share * 100:F0} % flow");
            Add(svg, $"<circle cx=\"{X(share)}\" cy=\"{Specific.Y(best)}\" r=\"4\" fill=\"{Styles[i % Styles.Length].Colour}\"/>");
        }
        return End(svg);
    }

    private static StringBuilder Begin(Axis axis)
    {
        var svg = new StringBuilder();
        const string font = "font-family=\"sans-serif\" font-size=\"13\"";
        Add(svg, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" {font}>");
        Add(svg, $"<rect width=\"{Width}\" height=\"{Height}\" fill=\"#fff\"/>");
        var (top, bottom) = (axis.Y(axis.Most), axis.Y(axis.Least));
        Add(svg, $"<clipPath id=\"frame\"><path d=\"M{X(0)} {top - 2}H{X(1) + 2}V{bottom + 2}H{X(0)}z\"/></clipPath>");
        for (var i = 0; i <= 10; i += 2)
        {
            Add(svg, $"<path d=\"M{X(i / 10.0)} {bottom}V{top}\" stroke=\"#ddd\"/>");
            Add(svg, $"<text x=\"{X(i / 10.0)}\" y=\"{bottom + 18}\" text-anchor=\"middle\">{i * 10}</text>");
        }
        for (var value = axis.Least; value < axis.Most + axis.Step / 2; value += axis.Step)
        {
            Add(svg, $"<path d=\"M{X(0)} {axis.Y(value)}H{X(1)}\" stroke=\"#ddd\"/>");
            Add(svg, $"<text x=\"{Left - 8}\" y=\"{axis.Y(value) + 4}\" text-anchor=\"end\">{axis.Label(value)}</text>");
        }
        Add(svg, $"<text x=\"{X(0.5)}\" y=\"{Height - 12}\" text-anchor=\"middle\">flow, % of rated flow</text>");
        Add(svg, $"<text x=\"{Left}\" y=\"20\">{axis.Title}</text>");
        return svg;
    }

    private static void Draw(
        StringBuilder svg, Axis axis, int number, string name, IReadOnlyList<(double FlowShare, double Value)> points,
        FormattableString? note = null)
    {
        var (colour, dash) = Styles[number % Styles.Length];
        var line = $"fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" stroke-dasharray=\"{dash}\"";
        var path = string.Join(' ', points.Select(p => string.Create(CultureInfo.InvariantCulture, $"{X(p.FlowShare)},{axis.Y(p.Value)}")));
        Add(svg, $"<polyline points=\"{path}\" {line} clip-path=\"url(#frame)\"/>");
        var y = Top + 20 + (note is null ? 26 : 44) * number;
        Add(svg, $"<path d=\"M{Width - Right + 20} {y - 4}h34\" {line}/>");
        Add(svg, $"<text x=\"{Width - Right + 62}\" y=\"{y}\">{name}</text>");
        var text = note?.ToString(CultureInfo.InvariantCulture);
        if (text is not null) Add(svg, $"<text x=\"{Width - Right + 62}\" y=\"{y + 16}\" font-size=\"11\" fill=\"#555\">{text}</text>");
    }

    private static string End(StringBuilder svg) => svg.Append("</svg>\n").ToString();

    private static void Add(StringBuilder svg, FormattableString line) =>
        svg.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private static double X(double share) => Math.Round(Left + share * (Width - Left - Right), 1);

    private sealed record Axis(string Title, double Least, double Most, double Step)
    {
        public double Y(double value) => Math.Round(Height - Bottom - (value - Least) / (Most - Least) * (Height - Top - Bottom), 1);

        public string Label(double value) => value.ToString(Step < 1 ? "0.0" : "0", CultureInfo.InvariantCulture);
    }
}

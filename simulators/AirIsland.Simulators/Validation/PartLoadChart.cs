using System.Globalization;
using System.Text;

namespace AirIsland.Simulators.Validation;

/// <summary>Part-load curves as an SVG picture: power over flow, both as shares of the rated value.</summary>
public static class PartLoadChart
{
    private const int Width = 860, Height = 520, Left = 60, Right = 250, Top = 30, Bottom = 50;

    // Told apart by dash as well as by colour (Okabe and Ito's palette).
    private static readonly (string Colour, string Dash)[] Styles =
    [
        ("#0072b2", ""), ("#d55e00", "8 4"), ("#009e73", "2 4"), ("#cc79a7", "12 4 2 4"), ("#56b4e9", "6 6"), ("#e69f00", "16 4"),
        ("#000000", "4 2"),
    ];

    public static string Draw(IReadOnlyList<PartLoadCurve> curves)
    {
        ArgumentNullException.ThrowIfNull(curves);
        var svg = new StringBuilder();
        Add($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"sans-serif\" font-size=\"13\">");
        Add($"<rect width=\"{Width}\" height=\"{Height}\" fill=\"#fff\"/>");
        for (var i = 0; i <= 10; i += 2)
        {
            Add($"<path d=\"M{X(i / 10.0)} {Y(0)}V{Y(1)}M{X(0)} {Y(i / 10.0)}H{X(1)}\" stroke=\"#ddd\"/>");
            Add($"<text x=\"{X(i / 10.0)}\" y=\"{Y(0) + 18}\" text-anchor=\"middle\">{i * 10} %</text>");
            Add($"<text x=\"{Left - 8}\" y=\"{Y(i / 10.0) + 4}\" text-anchor=\"end\">{i * 10} %</text>");
        }
        Add($"<text x=\"{X(0.5)}\" y=\"{Height - 12}\" text-anchor=\"middle\">flow, share of rated</text>");
        Add($"<text x=\"{Left}\" y=\"18\">power, share of rated</text>");
        Add($"<path d=\"M{X(0)} {Y(0)}L{X(1)} {Y(1)}\" stroke=\"#999\" stroke-dasharray=\"1 3\"/>");
        for (var i = 0; i < curves.Count; i++) Curve(curves[i], Styles[i % Styles.Length], i);
        return svg.Append("</svg>\n").ToString();

        void Curve(PartLoadCurve curve, (string Colour, string Dash) style, int number)
        {
            var line = $"fill=\"none\" stroke=\"{style.Colour}\" stroke-width=\"2\" stroke-dasharray=\"{style.Dash}\"";
            var points = string.Join(' ', curve.Points.Select(p => string.Create(
                CultureInfo.InvariantCulture, $"{X(p.FlowShare)},{Y(p.PowerShare)}")));
            Add($"<polyline points=\"{points}\" {line}/>");
            var y = Top + 20 + 26 * number;
            Add($"<path d=\"M{Width - Right + 20} {y - 4}h34\" {line}/>");
            Add($"<text x=\"{Width - Right + 62}\" y=\"{y}\">{curve.Machine.Id}</text>");
        }

        void Add(FormattableString line) => svg.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }

    private static double X(double share) => Math.Round(Left + share * (Width - Left - Right), 1);

    private static double Y(double share) => Math.Round(Height - Bottom - share * (Height - Top - Bottom), 1);
}

using System.Globalization;
using System.Text.RegularExpressions;

namespace AirIsland.Web.Tests.Shell;

public sealed partial class ContrastTests
{
    private static readonly string Css = File.ReadAllText("app.css");
    private static readonly string Twin = File.ReadAllText("twin.css");

    public static TheoryData<string, string, string> TextPairs()
    {
        string[] pairs =
        [
            "tx/bg", "tx2/bg", "tx/panel", "tx2/panel", "tx3/panel", "val/panel", "tx/card", "tx2/card", "tx3/card", "val/card",
            "tx2/card-stop", "head-tx/head", "head-tx2/head", "head/head-tx", "panel/fill", "panel/tx",
        ];
        var data = new TheoryData<string, string, string>();
        foreach (var theme in new[] { "light", "dark" })
        {
            foreach (var pair in pairs)
                data.Add(theme, pair.Split('/')[0], pair.Split('/')[1]);
        }

        return data;
    }

    [Theory, MemberData(nameof(TextPairs))]
    public void Text_is_readable_on_its_surface(string theme, string text, string surface)
    {
        var contrast = Contrast(Token(theme, text), Token(theme, surface));

        Assert.True(contrast >= 4.5, $"{theme}: {text} on {surface} is {contrast:0.00}:1");
    }

    [Theory]
    [InlineData("light", "val", "p2")]
    [InlineData("dark", "val", "p2")]
    [InlineData("light", "tx", "p2")]
    [InlineData("dark", "tx", "p2")]
    public void Text_is_readable_on_an_alarm_tint(string theme, string text, string priority)
    {
        var tint = Token(theme, priority).Zip(Token(theme, "panel"), (p, surface) => (0.22 * p) + (0.78 * surface)).ToArray();

        Assert.True(Contrast(Token(theme, text), tint) >= 4.5);
    }

    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    public void Alarm_colours_stand_out_from_the_panel(string theme) =>
        Assert.All(new[] { "p1", "p2", "p3", "p4" }, p => Assert.True(Contrast(Token(theme, p), Token(theme, "panel")) >= 3));

    [Fact]
    public void Nothing_in_the_live_picture_moves_by_style_sheet()
    {
        Assert.DoesNotContain("transition:", Css + Twin, StringComparison.Ordinal);
        Assert.DoesNotContain("animation:", Css + Twin, StringComparison.Ordinal);
        Assert.DoesNotContain("@keyframes", Css + Twin, StringComparison.Ordinal);
    }

    private static double[] Token(string theme, string name)
    {
        var start = Css.IndexOf(theme == "dark" ? "[data-theme=dark] {" : "[data-theme] {", StringComparison.Ordinal);
        var block = Css[start..Css.IndexOf('}', start)];
        var value = Colour().Matches(block).Single(m => m.Groups[1].Value == name).Groups[2].Value;
        return [.. value.Chunk(2).Select(hex => (double)int.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture))];
    }

    /// <summary>WCAG 2.2 contrast ratio of two sRGB colours.</summary>
    private static double Contrast(double[] a, double[] b)
    {
        var (light, dark) = (Math.Max(Luminance(a), Luminance(b)), Math.Min(Luminance(a), Luminance(b)));
        return (light + 0.05) / (dark + 0.05);
    }

    private static double Luminance(double[] rgb)
    {
        var linear = rgb.Select(c => c / 255).Select(c => c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4)).ToArray();
        return (0.2126 * linear[0]) + (0.7152 * linear[1]) + (0.0722 * linear[2]);
    }

    [GeneratedRegex("--([a-z0-9-]+): #([0-9a-f]{6});")]
    private static partial Regex Colour();
}

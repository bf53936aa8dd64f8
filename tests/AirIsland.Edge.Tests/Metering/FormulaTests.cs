using AirIsland.Edge.Metering;
using CsCheck;

namespace AirIsland.Edge.Tests.Metering;

public class FormulaTests
{
    [Theory]
    [InlineData("1 + 2 * 3", 7)]
    [InlineData("(1 + 2) × 3", 9)]
    [InlineData("7 - 4 - 2", 1)]
    [InlineData("8 / 4 ÷ 2", 1)]
    [InlineData("-3 + 5", 2)]
    [InlineData("2 * -3", -6)]
    [InlineData("min(4, 2, 3) + max(1, 9)", 11)]
    [InlineData("sqrt(abs(-16))", 4)]
    [InlineData("{a/X} / ({a/Y} + 0.5)", 4)]
    public void It_computes(string text, double value) => Assert.Equal(value, Formula.Parse(text).Evaluate([10, 2]), 12);

    [Fact]
    public void Its_inputs_are_each_named_once_in_order() =>
        Assert.Equal(["b/Y", "a/outlet/X"], Formula.Parse("{b/Y} + {a/outlet/X} * {b/Y}").Inputs);

    [Theory]
    [InlineData("", 1, "the end was not expected")]
    [InlineData("1 +", 4, "the end was not expected")]
    [InlineData("1 + * 2", 5, "'*' was not expected")]
    [InlineData("(1 + 2", 7, "')' was expected")]
    [InlineData("1 2", 3, "'2' was not expected")]
    [InlineData("{a/X", 1, "the tag has no '}'")]
    [InlineData("{ }", 1, "the tag has no name")]
    [InlineData("sin(1)", 1, "'sin' is not known; known are min, max, abs, sqrt, and tags in braces")]
    [InlineData("min(1)", 6, "',' was expected, not ')'")]
    [InlineData("1.2.3", 1, "'1.2.3' is no number")]
    [InlineData("system(\"x\")", 1, "'system' is not known; known are min, max, abs, sqrt, and tags in braces")]
    public void A_mistake_is_told_with_its_place(string text, int position, string mistake)
    {
        var wrong = Assert.Throws<FormulaException>(() => Formula.Parse(text));

        Assert.Equal((position, $"at {position}: {mistake}"), (wrong.Position, wrong.Message));
    }

    [Fact]
    public void Any_text_is_a_formula_or_a_mistake() =>
        Gen.OneOf(Gen.String["0123456789.+-*/(){}, abminx"].Where(s => s.Length < 60), Gen.String).Sample(text =>
        {
            try
            {
                var formula = Formula.Parse(text);
                _ = formula.Evaluate(new double[formula.Inputs.Count]);
            }
            catch (FormulaException e)
            {
                Assert.InRange(e.Position, 1, text.Length + 1);
            }
        });

    [Fact]
    public void What_is_nested_too_deep_is_a_mistake_and_no_crash() =>
        Assert.Throws<FormulaException>(() => Formula.Parse(new string('(', 900)));
}

using AirIsland.Quantities;
using CsCheck;

namespace AirIsland.Domain.Tests.Quantities;

public sealed class ReferenceStateTests
{
    private static readonly Gen<ReferenceState> AnyState = Gen.Int[0, ReferenceState.All.Length - 1].Select(i => ReferenceState.All[i]);

    [Theory]
    [InlineData("FAD", "Normal", 0.91959)]
    [InlineData("FAD", "Standard20", 0.98692)]
    [InlineData("Normal", "FAD", 1.08744)]
    [InlineData("Normal", "Standard20", 1.07322)]
    [InlineData("Standard20", "FAD", 1.01325)]
    [InlineData("Standard20", "Normal", 0.93178)]
    public void Conversion_equals_the_published_matrix(string from, string to, double factor) =>
        Assert.Equal(factor, ReferenceState.Parse(from).To(ReferenceState.Parse(to)).ToDouble(), 0.000005);

    [Fact]
    public void There_and_back_is_exactly_one() => Gen.Select(AnyState, AnyState).Sample((a, b) =>
    {
        var (there, back) = (a.To(b), b.To(a));
        return there.Numerator == back.Denominator && there.Denominator == back.Numerator && a.To(a) == ConversionFactor.One;
    });

    [Fact]
    public void Applying_a_factor_rounds_half_to_even() =>
        Assert.Equal([0L, 2, 2, 4, -2, -4], new long[] { 1, 3, 5, 7, -3, -7 }.Select(ConversionFactor.Of(1, 2).Apply));

    [Fact]
    public void Applying_a_factor_is_never_off_by_more_than_half() =>
        Gen.Select(Gen.Long[-1_000_000_000_000, 1_000_000_000_000], AnyState, AnyState).Sample((count, a, b) =>
        {
            var factor = a.To(b);
            var exact = (decimal)count * factor.Numerator / factor.Denominator;
            return Math.Abs(factor.Apply(count) - exact) <= 0.5m;
        });

    [Fact]
    public void Volumes_of_different_states_do_not_add() => Assert.Throws<ArgumentException>(
        () => new AirVolume(1, ReferenceState.Normal) + new AirVolume(1, ReferenceState.Fad));

    [Fact]
    public void An_unknown_state_names_the_known_ones() =>
        Assert.Contains("Standard20", Assert.Throws<FormatException>(() => ReferenceState.Parse("Nm3")).Message, StringComparison.Ordinal);
}

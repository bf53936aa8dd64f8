using AirIsland.Simulators.Physics.Compressors;
using AirIsland.Simulators.Validation;

namespace AirIsland.Simulators.Tests.Validation;

public class Gb19153Tests
{
    /// <summary>Cells as they stand in the standard's tables.</summary>
    [Theory]
    [InlineData(75, 0.7, false, 5.9, 6.4, 7.0)]
    [InlineData(75, 1.25, true, 7.6, 8.3, 9.2)]
    [InlineData(90, 0.7, false, 5.8, 6.3, 6.9)]
    [InlineData(110, 0.7, false, 5.7, 6.2, 6.8)]
    [InlineData(110, 0.3, true, 3.5, 3.8, 4.3)]
    [InlineData(132, 0.7, false, 5.7, 6.2, 6.8)]
    [InlineData(160, 1.0, true, 6.4, 7.0, 7.8)]
    [InlineData(200, 0.7, true, 5.4, 5.9, 6.5)]
    [InlineData(250, 0.7, true, 5.3, 5.8, 6.4)]
    [InlineData(250, 0.8, false, 5.9, 6.4, 7.1)]
    [InlineData(355, 0.5, true, 4.2, 4.6, 5.1)]
    public void Table_1_is_of_fixed_speed_screws(double kilowatts, double mpa, bool isLiquid, double first, double second, double third) =>
        Assert.Equal(
            new GradeLimits(1, kilowatts, first, second, third),
            Gb19153.LimitsOf(Machine(CompressorCatalogue.ScrewLoadUnload, mpa, isLiquid), kilowatts));

    [Theory]
    [InlineData(90, 0.7, false, 6.1, 6.6, 7.3)]
    [InlineData(132, 0.7, false, 6.0, 6.5, 7.2)]
    [InlineData(200, 0.7, true, 5.7, 6.2, 6.9)]
    [InlineData(250, 0.7, true, 5.6, 6.1, 6.8)]
    [InlineData(315, 1.25, true, 7.4, 8.1, 9.1)]
    public void Table_2_is_of_variable_speeds(double kilowatts, double mpa, bool isLiquid, double first, double second, double third) =>
        Assert.Equal(
            new GradeLimits(2, kilowatts, first, second, third),
            Gb19153.LimitsOf(Machine(CompressorCatalogue.TwoStageVariableSpeed, mpa, isLiquid), kilowatts));

    [Theory]
    [InlineData(7.5, 0.7, 7.7, 8.4, 9.2)]
    [InlineData(11, 1.4, 10.0, 10.8, 12.4)]
    [InlineData(63, 1.0, 7.2, 7.8, 8.5)]
    [InlineData(75, 0.7, 6.0, 6.5, 7.0)]
    public void Table_3_is_of_pistons_however_cooled(double kilowatts, double mpa, double first, double second, double third)
    {
        foreach (var isLiquid in new[] { false, true })
        {
            Assert.Equal(
                new GradeLimits(3, kilowatts, first, second, third),
                Gb19153.LimitsOf(Machine(CompressorCatalogue.PistonMultiStep, mpa, isLiquid), kilowatts));
        }
    }

    [Fact]
    public void A_motor_belongs_to_the_nearest_size_and_nothing_is_interpolated()
    {
        Assert.Equal(110, Gb19153.LimitsOf(CompressorCatalogue.ScrewLoadUnload, 116)?.MotorKilowatts);
        Assert.Null(Gb19153.LimitsOf(CompressorCatalogue.ScrewLoadUnload, 30));
        Assert.Null(Gb19153.LimitsOf(Machine(CompressorCatalogue.ScrewLoadUnload, 0.6, false), 110));
        // The standard has no limits for water-cooled machines of that size, and the copy none for this cell.
        Assert.Null(Gb19153.LimitsOf(Machine(CompressorCatalogue.ScrewLoadUnload, 0.7, true), 1.5));
        Assert.Null(Gb19153.LimitsOf(Machine(CompressorCatalogue.ScrewLoadUnload, 1.0, true), 200));
    }

    [Fact]
    public void Oil_free_screws_and_turbos_are_outside_it()
    {
        Assert.Null(Gb19153.TableOf(CompressorCatalogue.OilFreeLoadUnload));
        Assert.Null(Gb19153.LimitsOf(CompressorCatalogue.TurboBlowOff, 630));
    }

    [Fact]
    public void A_grade_ends_at_its_limit()
    {
        var limits = new GradeLimits(1, 110, 5.7, 6.2, 6.8);

        Assert.Equal(1, limits.GradeOf(5.7));
        Assert.Equal(2, limits.GradeOf(5.701));
        Assert.Equal(2, limits.GradeOf(6.2004));
        Assert.Equal(3, limits.GradeOf(6.8));
        Assert.Null(limits.GradeOf(6.81));
        Assert.Null(limits.GradeOf(double.NaN));
    }

    private static CompressorSpec Machine(CompressorSpec like, double mpa, bool isLiquid) =>
        like with { RatedGaugeMPa = mpa, IsWaterCooled = isLiquid };
}

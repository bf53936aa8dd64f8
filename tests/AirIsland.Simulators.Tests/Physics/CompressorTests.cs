using AirIsland.Simulators.Physics;

namespace AirIsland.Simulators.Tests.Physics;

public sealed class CompressorTests
{
    private static readonly CompressorRating Fixed = Plants.At(0).Compressors[0].Rating;
    private static readonly CompressorRating Variable = Plants.At(0).Compressors[2].Rating;

    private static readonly InletAir Summer = new(35, 0.7, 0.1003);

    [Fact]
    public void A_fixed_speed_needs_its_rated_specific_power_at_its_rated_pressure() =>
        Assert.Equal(5.6, Fixed.Kilowatts(1, 0.7, InletAir.Rated) / Fixed.Flow(1, 0.7, InletAir.Rated), 6);

    [Fact]
    public void A_variable_speed_is_best_between_60_and_75_percent()
    {
        double SpecificPower(double share) => Variable.Kilowatts(share, 0.7, InletAir.Rated) / Variable.Flow(share, 0.7, InletAir.Rated);

        var best = Enumerable.Range(25, 76).MinBy(percent => SpecificPower(percent / 100.0));

        Assert.InRange(best, 60, 75);
        Assert.True(SpecificPower(0.25) > 1.05 * SpecificPower(0.68));
        Assert.True(SpecificPower(1) > 1.01 * SpecificPower(0.68));
    }

    [Fact]
    public void No_machine_beats_isentropic_compression()
    {
        foreach (var rating in new[] { Fixed, Variable })
            foreach (var inlet in new[] { InletAir.Rated, Summer, new(-5, 0.3, 0.1025) })
                for (var pressure = 0.3; pressure <= 1.0; pressure += 0.05)
                    for (var share = rating.LowestShare; share <= 1; share += 0.05)
                    {
                        var inletFlow = rating.Flow(share, pressure, inlet) / inlet.FadPerInletVolume;
                        var least = Air.IsentropicKilowatts(inletFlow, pressure, inlet.PressureMPa);
                        Assert.True(rating.Kilowatts(share, pressure, inlet) > 1.05 * least, $"{rating.Id} at {pressure} MPa, {share}");
                    }
    }

    [Theory]
    [InlineData(0.3, 2.835)]
    [InlineData(0.5, 3.900)]
    [InlineData(0.7, 4.733)]
    [InlineData(1.0, 5.740)]
    public void Isentropic_power_equals_the_table(double gaugeMPa, double kilowattsPerM3PerMin) =>
        Assert.Equal(kilowattsPerM3PerMin, Air.IsentropicKilowatts(1, gaugeMPa, 0.1), 0.002);

    [Theory]
    [InlineData(0, 0.5, 0.1013, 1.0839)]
    [InlineData(30, 0.8, 0.1005, 0.9391)]
    [InlineData(35, 0.7, 0.1003, 0.9168)]
    public void Warm_wet_air_holds_less_dry_air(double celsius, double humidity, double pressureMPa, double fadPerM3) =>
        Assert.Equal(fadPerM3, new InletAir(celsius, humidity, pressureMPa).FadPerInletVolume, 3);

    [Fact]
    public void All_machines_on_load_draw_about_360_kW() =>
        Assert.InRange(2 * Fixed.FullLoadKilowatts + Variable.FullLoadKilowatts, 350, 375);

    [Fact]
    public void A_machine_starts_loads_unloads_blows_down_and_stops()
    {
        var compressor = new Compressor(Fixed);
        var seen = new List<CompressorState>();
        void Run(double seconds, double gaugeMPa)
        {
            for (var t = 0.0; t < seconds; t += 0.5)
            {
                compressor.Step(0.5, gaugeMPa, InletAir.Rated);
                if (seen.LastOrDefault() != compressor.State) seen.Add(compressor.State);
            }
        }

        Run(30, 0.60);
        Assert.InRange(compressor.FlowM3PerMin, 19, 21);
        Run(60, 0.76);
        Assert.Equal(0, compressor.FlowM3PerMin);
        Assert.InRange(compressor.Electricity.Kilowatts / Fixed.FullLoadKilowatts, 0.24, 0.27);
        Run(601, 0.76);
        Assert.Equal(0, compressor.Electricity.Kilowatts);

        Assert.Equal(
            [
                CompressorState.Starting, CompressorState.Loading, CompressorState.Loaded, CompressorState.Unloading,
                CompressorState.Unloaded, CompressorState.Stopping, CompressorState.Stopped,
            ],
            seen);
        Assert.Equal(1, compressor.Starts);
        Assert.True(compressor.RunningHours > compressor.LoadedHours);
    }

    [Theory]
    [InlineData(2, 0.7, 0.195)]
    [InlineData(3, 0.7, 0.438)]
    [InlineData(5, 0.7, 1.217)]
    [InlineData(10, 0.7, 4.867)]
    public void An_orifice_equals_the_table(double diameterMm, double gaugeMPa, double m3PerMin) =>
        Assert.Equal(m3PerMin, Orifice.FlowM3PerMin(diameterMm, gaugeMPa), 0.003 * m3PerMin);

    [Fact]
    public void An_orifice_is_smooth_where_it_stops_being_choked()
    {
        Assert.Equal(0, Orifice.FlowM3PerMin(5, 0));
        Assert.Equal(Orifice.FlowM3PerMin(5, 0.0904), Orifice.FlowM3PerMin(5, 0.0905), 3);
        Assert.True(Orifice.FlowM3PerMin(5, 0.02) < Orifice.FlowM3PerMin(5, 0.05));
    }
}

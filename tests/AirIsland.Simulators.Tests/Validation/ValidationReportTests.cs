using AirIsland.Simulators.Physics.Compressors;
using AirIsland.Simulators.Validation;

namespace AirIsland.Simulators.Tests.Validation;

public class ValidationReportTests
{
    private static readonly ValidationReport Report = ValidationReport.Run();

    [Fact]
    public void All_figures_hold() => Assert.True(Report.Holds, Report.ToText());

    [Fact]
    public void Every_machine_is_measured_against_its_standard_the_ideal_and_its_closed_form()
    {
        Assert.All(CompressorCatalogue.All, machine =>
        {
            var claims = Report.Claims.Where(c => c.Subject == machine.Id).ToList();
            Assert.Contains(claims, c => c.Figure.StartsWith("specific power", StringComparison.Ordinal));
            Assert.Contains(claims, c => c.Figure == "isentropic efficiency" && c.Most < 1);
            Assert.Contains(claims, c => c.Group == "part load");
            Assert.Equal(5, Report.PartLoad.Count(r => r.Machine == machine.Id));
        });
    }

    [Theory]
    [InlineData("screw-load-unload", "table 1, 110 kW air: 5.7 / 6.2 / 6.8: grade 2")]
    [InlineData("screw-modulation", "table 1, 75 kW air: 5.9 / 6.4 / 7.0: grade 3")]
    [InlineData("screw-modulation-unloading", "table 1, 90 kW air: 5.8 / 6.3 / 6.9: grade 3")]
    [InlineData("screw-variable-displacement", "table 1, 132 kW air: 5.7 / 6.2 / 6.8: grade 2")]
    [InlineData("screw-variable-speed", "table 2, 132 kW air: 6.0 / 6.5 / 7.2: grade 1")]
    [InlineData("two-stage-load-unload", "table 1, 250 kW liquid: 5.3 / 5.8 / 6.4: grade 1")]
    [InlineData("two-stage-variable-speed", "table 2, 250 kW liquid: 5.6 / 6.1 / 6.8: grade 1")]
    [InlineData("piston-start-stop", "table 3, 7.5 kW: 7.7 / 8.4 / 9.2: grade 2")]
    [InlineData("piston-multi-step", "table 3, 75 kW: 6.0 / 6.5 / 7.0: grade 1")]
    [InlineData("oil-free-load-unload", "outside GB 19153-2019")]
    [InlineData("turbo-blow-off", "outside GB 19153-2019")]
    public void A_machine_has_the_grade_it_is_sold_with(string id, string reference) =>
        Assert.Contains(Report.Claims, c => c.Subject == id && c.Reference.Contains(reference, StringComparison.Ordinal));

    [Fact]
    public void One_figure_out_of_bounds_breaks_the_report_and_is_seen()
    {
        var bad = new Claim("leaks", "hole", "size", 1.02, "1", 0.99, 1.01, "known");
        var report = Report with { Claims = Report.Claims.Add(bad) };

        Assert.False(report.Holds);
        Assert.Contains("NO  hole", report.ToText(), StringComparison.Ordinal);
        Assert.Contains("1 do not hold", report.ToText(), StringComparison.Ordinal);
        Assert.True((bad with { Value = 1.01 }).Holds);
        Assert.False((bad with { Value = 0.98 }).Holds);
        Assert.False((bad with { Value = double.NaN, Least = null, Most = null }).Holds);
    }
}

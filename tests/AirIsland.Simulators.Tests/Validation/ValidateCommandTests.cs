using System.Text.Json;

namespace AirIsland.Simulators.Tests.Validation;

/// <summary>The program itself.</summary>
public class ValidateCommandTests
{
    [Fact]
    public async Task The_figures_are_one_line_of_json_and_all_holding_is_exit_0()
    {
        var (exitCode, output) = await ExternalProgram.RunSimulatorsAsync("validate", "--json");

        Assert.Equal(0, exitCode);
        using var report = JsonDocument.Parse(output);
        Assert.True(report.RootElement.GetProperty("holds").GetBoolean());
        var claims = report.RootElement.GetProperty("claims").EnumerateArray().ToList();
        Assert.All(claims, c => Assert.True(c.GetProperty("holds").GetBoolean()));
        Assert.Equal(
            ["machines", "part load", "leaks", "balances"], claims.Select(c => c.GetProperty("group").GetString()).Distinct());
        Assert.Equal(13 * 5, report.RootElement.GetProperty("partLoad").GetArrayLength());
    }

    [Theory]
    [InlineData("validate", "--jsno")]
    [InlineData("curves", "part-load.svg")]
    public async Task A_mistyped_option_is_a_wrong_call(string verb, string mistake)
    {
        var (exitCode, output) = await ExternalProgram.RunSimulatorsAsync(verb, mistake);

        Assert.Equal(2, exitCode);
        Assert.Contains($"'{mistake}' is no option of {verb}", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_curves_are_drawn_to_files()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var (power, specific) = (Path.Combine(folder.FullName, "power.svg"), Path.Combine(folder.FullName, "specific.svg"));
            var (exitCode, _) = await ExternalProgram.RunSimulatorsAsync("curves", "--out", power, "--specific", specific);

            Assert.Equal(0, exitCode);
            Assert.Contains("power, % of rated power", await File.ReadAllTextAsync(power), StringComparison.Ordinal);
            Assert.Contains("oil-free-variable-speed", await File.ReadAllTextAsync(specific), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}

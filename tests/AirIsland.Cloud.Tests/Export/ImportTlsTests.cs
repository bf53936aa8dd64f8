using AirIsland.Cloud.Export;
using AirIsland.Cloud.Tests.Access;

namespace AirIsland.Cloud.Tests.Export;

/// <summary>An import into a cloud that asks for certificates.</summary>
public sealed class ImportTlsTests(TlsCloud cloud) : IClassFixture<TlsCloud>
{
    private static readonly string Log = Path.Combine(AppContext.BaseDirectory, "Export", "plant-log.csv");

    [Fact]
    public async Task With_a_registered_name_and_its_certificate_it_is_taken_and_with_another_it_is_not()
    {
        cloud.Authority.IssueEdge("import-logger", TimeSpan.FromDays(1));

        Assert.Equal((0, ""), await RunAsync("import-logger", "import-logger"));
        var (code, said) = await RunAsync("import-other", "import-logger");
        Assert.Equal(1, code);
        Assert.Contains("the certificate is of 'import-logger', not of 'import-other'", said, StringComparison.Ordinal);
        Assert.Equal(1, (await RunAsync("import-logger", "missing")).Code);
    }

    private async Task<(int Code, string Error)> RunAsync(string edge, string certificate)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await ImportCommand.RunAsync(
            [
                Log, "--map", Path.ChangeExtension(Log, ".map.json"), "--station", "moushan", "--server", $"{cloud.Pages}",
                "--ingest", $"{cloud.Address}", "--edge", edge, "--ca", cloud.PathOf("pki/ca.pem"),
                "--certificate", cloud.PathOf($"pki/{certificate}.pem"), "--key", cloud.PathOf($"pki/{certificate}.key"),
            ],
            output, error);
        return (code, error.ToString());
    }
}

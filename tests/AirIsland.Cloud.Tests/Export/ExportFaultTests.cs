using System.Net;
using AirIsland.Cloud.Export;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AirIsland.Cloud.Tests.Export;

/// <summary>Servers that answer otherwise than a cloud does: one line of what they said, and exit 1.</summary>
public sealed class ExportFaultTests : IDisposable
{
    private const string Page = "<html><body>503, back soon</body></html>";

    private const string Tags = """
        {"station":"moushan","zone":"UTC","tags":[{"id":"moushan/a/ActivePower","kind":"Level","medium":"","unit":"kW","resolution":1,
        "referenceState":"","modulus":null,"meterSerial":""}]}
        """;

    private readonly string _directory = Directory.CreateTempSubdirectory("airisland-export-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData(503, Page, Page, "answered 503")]
    [InlineData(200, Page, Page, "no answer of a cloud")]
    [InlineData(200, "null", Page, "no answer of a cloud")]
    [InlineData(200, "{}", Page, "no answer of a cloud")]
    [InlineData(200, Tags, Page, "no answer of a cloud")]
    [InlineData(200, Tags, "1,2,3\nend\n", "no answer of a cloud")]
    [InlineData(200, Tags, "1,2\n", "no answer of a cloud")]
    [InlineData(200, Tags, "99999999999999999,1,0\nend\n", "no answer of a cloud")]
    public async Task What_is_no_answer_of_a_cloud_is_said_in_one_line(int status, string tags, string samples, string words)
    {
        await using var server = await ServeAsync(status, tags, samples);
        var address = server.Urls.Single();
        var map = Path.Combine(AppContext.BaseDirectory, "Export", "plant-log.map.json");
        using var error = new StringWriter();

        Assert.Equal(1, await ExportCommand.RunAsync(
            [
                "--station", "moushan", "--from", "2023-01-01", "--to", "2023-01-02", "--server", address,
                "--out", Path.Combine(_directory, "out.parquet"),
            ],
            TextWriter.Null, error));

        Assert.Contains(words, Assert.Single(error.ToString().Trim().Split('\n')), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_directory));
        // An import asks for the tags alone.
        if (tags == Tags) return;
        using var imported = new StringWriter();
        Assert.Equal(1, await ImportCommand.RunAsync(
            [Path.ChangeExtension(map, null), "--map", map, "--station", "moushan", "--server", address], TextWriter.Null, imported));
        Assert.Contains(words, Assert.Single(imported.ToString().Trim().Split('\n')), StringComparison.Ordinal);
    }

    private static async Task<WebApplication> ServeAsync(int status, string tags, string samples)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.Run(async context =>
        {
            context.Response.StatusCode = status;
            await context.Response.WriteAsync(context.Request.Path.Value!.EndsWith("/tags", StringComparison.Ordinal) ? tags : samples);
        });
        await app.StartAsync();
        return app;
    }
}

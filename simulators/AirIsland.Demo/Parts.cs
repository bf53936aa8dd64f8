using AirIsland.Cloud;
using AirIsland.Edge;
using AirIsland.Simulators;
using Microsoft.Extensions.Logging.Console;

namespace AirIsland.Demo;

/// <summary>The three deployables, built for one process: one clock, one place for logs, signals owned by the group.</summary>
internal sealed class Parts(TimeProvider time, LogLevel logs)
{
    public IHost Simulators(string[] settings) => SimulatorApp.Build(settings, Share);

    public IHost Edge(string[] settings) => EdgeApp.Build(settings, Share);

    /// <summary>Only the stations' time is scaled here: the libraries in the cloud keep real time.</summary>
    public IHost Cloud(string[] settings) => CloudApp.Build(settings, builder =>
    {
        builder.Services.AddKeyedSingleton(StationClock.Key, time);
        Own(builder);
    });

    private void Share(IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton(time);
        Own(builder);
    }

    private void Own(IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IHostLifetime, GroupLifetime>();
        builder.Logging.ClearProviders()
            .AddSimpleConsole(c => c.SingleLine = true)
            // A part that does not start is told in one line at the end; what fails later comes as Critical, too.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical)
            .AddFilter((category, level) =>
                level >= logs && (level >= LogLevel.Warning || category?.StartsWith("AirIsland", StringComparison.Ordinal) == true));
        builder.Services.Configure<ConsoleLoggerOptions>(o => o.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}

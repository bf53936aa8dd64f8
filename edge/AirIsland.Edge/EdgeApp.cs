using System.Globalization;
using System.Net;
using System.Net.Sockets;
using AirIsland.Edge.Configuration;
using AirIsland.Edge.Drivers.Dlt645;
using AirIsland.Edge.Drivers.Modbus;
using AirIsland.Edge.Drivers.Mqtt;
using AirIsland.Edge.Drivers.Sparkplug;
using AirIsland.Edge.Health;
using AirIsland.Edge.Metering;
using AirIsland.Edge.Northbound;
using AirIsland.Edge.Outbox;
using AirIsland.Edge.Pipeline;
using AirIsland.Edge.Uplink;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenTelemetry.Metrics;

namespace AirIsland.Edge;

/// <summary>The edge agent put together: the one place that knows all of its parts.</summary>
public static class EdgeApp
{
    /// <summary>
    /// Settings come from <c>edge.json</c> beside the program or <c>--config FILE</c>, then the environment (<c>Edge__Data</c>), then the
    /// command line (<c>--Edge:Data DIR</c>), then <paramref name="shared"/>, which may also bring a <see cref="TimeProvider"/>.
    /// </summary>
    public static IHost Build(string[] args, Action<IHostApplicationBuilder>? shared = null)
    {
        ArgumentNullException.ThrowIfNull(args);
        HaveThreadsReady();
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings
        {
            Args = args,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Services.AddSingleton(AddSettings(builder.Configuration, args));
        shared?.Invoke(builder);
        builder.Services.TryAddSingleton(TimeProvider.System);
        AddOptions(builder.Services);
        AddMetering(builder.Services);
        AddDrivers(builder.Services);
        AddNorthbound(builder.Services);
        AddServices(builder.Services);
        AddMetricsEndpoint(builder);
        return builder.Build();
    }

    /// <summary>
    /// Runs until stopped. Exit code: 0 done, 1 failed, 2 wrong settings; the error stream says why, a line for each mistake.
    /// </summary>
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            if (await RunToEndAsync(args) is not { } fault) return 0;
            await Console.Error.WriteLineAsync($"the edge failed: {fault.GetBaseException().Message.ReplaceLineEndings(" ")}");
            return 1;
        }
        catch (OptionsValidationException e)
        {
            foreach (var mistake in e.Failures) await Console.Error.WriteLineAsync(mistake);
            return 2;
        }
        catch (EdgePortException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
        catch (OutboxException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return e.IsForeign ? 2 : 1;
        }
    }

    /// <summary>Returns why the first part failed, in the order they start: what fails later may fail because of it.</summary>
    private static async Task<Exception?> RunToEndAsync(string[] args)
    {
        using var host = Build(args);
        // Made before the start, which would write a stack trace for what is only a mistake in the settings.
        var parts = host.Services.GetServices<IHostedService>().OfType<BackgroundService>().ToArray();
        OpenMetricsPort(host.Services);
        await host.StartAsync();
        await host.WaitForShutdownAsync();
        return parts.Select(p => p.ExecuteTask?.Exception).FirstOrDefault(e => e is not null);
    }

    // To ask for it opens it.
    private static void OpenMetricsPort(IServiceProvider services)
    {
        try
        {
            services.GetService<MeterProvider>();
        }
        catch (Exception e) when (e.GetBaseException() is HttpListenerException or SocketException)
        {
            var port = services.GetRequiredService<HealthOptions>().MetricsPort;
            throw new EdgePortException($"Edge:Health:MetricsPort {port} cannot be opened: {e.GetBaseException().Message}", e);
        }
    }

    private static SettingsSource AddSettings(ConfigurationManager configuration, string[] args)
    {
        var file = configuration["config"];
        var path = file is null ? Path.Combine(AppContext.BaseDirectory, "edge.json") : SettingsFile.FullPath(file);
        var content = SettingsFile.Read(path);
        SettingsFile.Add(configuration, path, content);
        configuration.AddEnvironmentVariables();
        configuration.AddCommandLine(args);
        return new(path, content, args);
    }

    private static void AddOptions(IServiceCollection services)
    {
        services.AddSingleton(p => SiteSettings.Read(p.GetRequiredService<IConfiguration>()));
        services.AddSingleton(p => p.GetRequiredService<SiteSettings>().Options);
        services.AddSingleton(p => p.GetRequiredService<EdgeOptions>().Modbus);
        services.AddSingleton(p => p.GetRequiredService<EdgeOptions>().Dlt645);
        services.AddSingleton(p => p.GetRequiredService<EdgeOptions>().NamedBroker);
        services.AddSingleton(p => p.GetRequiredService<EdgeOptions>().Sparkplug);
        services.AddSingleton(p => p.GetRequiredService<EdgeOptions>().Clock);
        services.AddSingleton(p => p.GetRequiredService<EdgeOptions>().Pipeline);
        services.AddSingleton(p => p.GetRequiredService<EdgeOptions>().Uplink);
        services.AddSingleton(p => p.GetRequiredService<EdgeOptions>().Health);
        services.AddSingleton(p =>
        {
            var options = p.GetRequiredService<EdgeOptions>();
            return options.Outbox with { Directory = options.Data, Owner = $"{options.Id}/{options.Station}" };
        });
    }

    private static void AddMetering(IServiceCollection services)
    {
        services.AddSingleton<EdgeStatus>().AddSingleton<EdgeMetrics>().AddSingleton<SparkplugMetrics>();
        services.AddSingleton(p => p.GetRequiredService<SiteSettings>().Bind(p.GetRequiredService<TagRegistry>()));
        services.AddSingleton<TagRegistry>().AddSingleton<LineBook>().AddSingleton(ClockOf);
        services.AddSingleton(p =>
        {
            var options = p.GetRequiredService<EdgeOptions>();
            return new SiteIdentity(options.Id, options.Station, SiteIdentity.Addresses(options.Cloud));
        });
        services.AddSingleton(p => p.GetRequiredService<TagTable>().ToCatalogue(p.GetRequiredService<SiteIdentity>()));
        services.AddSingleton(p => new SitePlan(
            p.GetRequiredService<TagTable>(), p.GetRequiredService<EdgeOptions>().Endpoints, p.GetRequiredService<CatalogueContent>()));
        services.AddSingleton<SiteKeeper>().AddSingleton<SiteChanger>();
    }

    private static SiteClock ClockOf(IServiceProvider services)
    {
        var time = services.GetRequiredService<TimeProvider>();
        return new(
            time, services.GetRequiredService<ClockOptions>(), services.GetRequiredService<EdgeStatus>(),
            services.GetRequiredService<ILogger<SiteClock>>(), ReferenceEquals(time, TimeProvider.System) ? BootTime.OfSystem : null);
    }

    private static void AddDrivers(IServiceCollection services)
    {
        services.AddSingleton(new HealthBoard(TimeProvider.System));
        services.AddSingleton<MqttReport>().AddSingleton<ModbusReport>().AddSingleton<Dlt645Report>();
        services.AddSingleton<ISourceMarks>(p => p.GetRequiredService<OutboxStore>());
        services.AddSingleton<IDriver, ModbusDriver>();
        services.AddSingleton<IDriver, Dlt645Driver>();
        services.AddSingleton<IDriver, MqttDriver>();
        services.AddSingleton<SparkplugCounts>().AddSingleton<SparkplugReport>().AddSingleton<IDriver, SparkplugDriver>();
    }

    // A mistake in the port is found with all others when the settings are read.
    private static void AddMetricsEndpoint(HostApplicationBuilder builder)
    {
        if (!int.TryParse(builder.Configuration["Edge:Health:MetricsPort"], CultureInfo.InvariantCulture, out var port)) return;
        builder.Services.AddOpenTelemetry().WithMetrics(m => m.AddMeter(EdgeMetrics.MeterName).AddPrometheusHttpListener(o =>
        {
            o.Host = "127.0.0.1";
            o.Port = port;
        }));
    }

    private static void AddNorthbound(IServiceCollection services)
    {
        services.AddSingleton(p =>
        {
            var options = p.GetRequiredService<EdgeOptions>();
            return options.Northbound.Of(options.Id, options.Station);
        });
        services.AddSingleton(p => new NorthboundPlace(p.GetRequiredService<EdgeOptions>().Data, p.GetRequiredService<TagTable>()));
        services.AddSingleton<SparkplugEdgeNode>().AddSingleton<IScanObserver>(p => p.GetRequiredService<SparkplugEdgeNode>());
    }

    // A commit holds its thread while the disk writes, a serial port while it opens: with one thread a core, as the pool begins, the polls
    // of hundreds of devices would wait behind them, and for the half second until it adds another.
    private static void HaveThreadsReady()
    {
        ThreadPool.GetMinThreads(out var workers, out var completions);
        ThreadPool.SetMinThreads(Math.Max(workers, 16), completions);
    }

    // They start in this order and stop in the reverse: drivers and pipeline, uplink, outbox, status.
    private static void AddServices(IServiceCollection services)
    {
        services.AddHostedService<StatusFile>().AddHostedService<StatusLine>();
        services.AddSingleton<OutboxStore>().AddHostedService(p => p.GetRequiredService<OutboxStore>());
        services.AddHostedService<OutboxWatch>();
        services.AddHostedService<CloudUplink>();
        services.AddHostedService(p => p.GetRequiredService<SparkplugEdgeNode>());
        services.AddHostedService<Collector>();
        services.AddHostedService<SiteReload>();
    }
}

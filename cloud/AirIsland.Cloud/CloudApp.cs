using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Text.Json;
using AirIsland.Cloud.Access;
using AirIsland.Cloud.Api;
using AirIsland.Cloud.Backup;
using AirIsland.Cloud.Billing;
using AirIsland.Cloud.Efficiency;
using AirIsland.Cloud.Export;
using AirIsland.Cloud.Ingest;
using AirIsland.Cloud.Leak;
using AirIsland.Cloud.Metering;
using AirIsland.Cloud.Stations;
using AirIsland.Domain.Stations;
using AirIsland.Quantities;
using AirIsland.Storage.Ledger;
using AirIsland.Storage.Telemetry;
using AirIsland.Storage.Telemetry.Embedded;
using AirIsland.Storage.Telemetry.InfluxDb;
using AirIsland.Storage.Telemetry.Postgres;
using AirIsland.Web;
using AirIsland.Web.Access;
using AirIsland.Web.Billing;
using AirIsland.Web.Twin;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OpenTelemetry.Metrics;
using Orleans.Configuration;
using Orleans.Serialization;
using Scalar.AspNetCore;

namespace AirIsland.Cloud;

/// <summary>
/// The composition root of the cloud. Services start in the order ledger, store, silo, ingester and stop in the reverse.
/// </summary>
public static class CloudApp
{
    /// <param name="args">Command line; overrides cloud.json.</param>
    /// <param name="shared">What the process that hosts it adds first: its clock, its logging.</param>
    /// <exception cref="OptionsValidationException">Names every setting that cannot be.</exception>
    public static WebApplication Build(string[] args, Action<IHostApplicationBuilder>? shared = null)
    {
        // Named, because the pages' assets are listed in a file of this name whatever process hosts the cloud.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(CloudApp).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Configuration.AddJsonFile("cloud.json", optional: true).AddEnvironmentVariables().AddCommandLine(args);
        shared?.Invoke(builder);
        builder.Services.TryAddKeyedSingleton(StationClock.Key, TimeProvider.System);
        builder.Services.AddOptions<CloudOptions>().BindConfiguration(CloudOptions.Section);
        var options = Checked(builder.Configuration.GetSection(CloudOptions.Section).Get<CloudOptions>() ?? new CloudOptions());

        Listen(builder, options);
        AddStorage(builder.Services, options);
        AddStations(builder, options);
        AddQuestions(builder.Services);
        builder.Services.AddGrpc(g => g.MaxReceiveMessageSize = IngestLimits.MessageBytes);
        builder.Services.AddOptions<IngestLimits>().BindConfiguration(IngestLimits.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<EdgeFence>().AddSingleton<IngestScope>().AddSingleton<StreamParts>();
        builder.Services.AddSingleton<CloudMetrics>().AddSingleton<EdgeTrust>();
        // Who called the cloud by a name of its certificate has checked it.
        builder.Services.AddOptions<HostFilteringOptions>().PostConfigure<EdgeTrust>((hosts, trust) =>
            hosts.AllowedHosts = [.. hosts.AllowedHosts, .. trust.Hosts]);
        builder.Services.AddOpenApi("v1", o => o.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "AirIsland";
            document.Info.Version = "v1";
            return Task.CompletedTask;
        }));
        builder.Services.AddProblemDetails();
        builder.Services.AddAirIslandWeb();
        builder.Services.AddOpenTelemetry().WithMetrics(m => m.AddMeter(CloudMetrics.MeterName, "AirIsland.*").AddPrometheusExporter());

        var app = builder.Build();
        Map(app, options);
        return app;
    }

    /// <summary>Makes certificates to try the link with; gives the exit code.</summary>
    public static int MakeCertificates(IReadOnlyList<string> args) => TestAuthorityCommand.Run(args, TimeProvider.System);

    /// <summary>Backup, restore or check of a data directory; gives the exit code.</summary>
    public static Task<int> KeepFilesAsync(IReadOnlyList<string> args) => StoreCommands.RunAsync(args, TimeProvider.System);

    // At once: what is built of settings that cannot be fails later, and speaks of something else.
    private static CloudOptions Checked(CloudOptions options)
    {
        var mistakes = new List<ValidationResult>();
        return Validator.TryValidateObject(options, new(options), mistakes, validateAllProperties: true)
            ? options
            : throw new OptionsValidationException(CloudOptions.Section, typeof(CloudOptions), mistakes.Select(m => m.ErrorMessage ?? ""));
    }

    private static void Listen(WebApplicationBuilder builder, CloudOptions options)
    {
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.ListenLocalhost(options.HttpPort, l => l.Protocols = HttpProtocols.Http1);
            // Without TLS a port speaks either HTTP/1.1 or HTTP/2.
            var address = options.GrpcAddress;
            if (address == "localhost") kestrel.ListenLocalhost(options.GrpcPort, Grpc);
            else if (address == "*") kestrel.ListenAnyIP(options.GrpcPort, Grpc);
            else kestrel.Listen(IPAddress.Parse(address), options.GrpcPort, Grpc);
        });

        void Grpc(ListenOptions listen)
        {
            listen.Protocols = HttpProtocols.Http2;
            if (!options.Tls.IsOn) return;
            var trust = listen.ApplicationServices.GetRequiredService<EdgeTrust>();
            listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = trust.SecureAsync });
        }
    }

    private static void AddStorage(IServiceCollection services, CloudOptions options)
    {
        if (options.Store == StoreKind.Postgres)
        {
            services.AddPostgresLedger(options.Postgres);
            services.AddSingleton<ITelemetryStore>(p => new PostgresTelemetryStore(
                new PostgresOptions { ConnectionString = options.Postgres, KeepLevels = options.KeepLevels },
                p.GetRequiredService<ILogger<PostgresTelemetryStore>>()));
        }
        else
        {
            services.AddLedger(options.Data);
            services.AddSingleton<ITelemetryStore>(p =>
            {
                var embedded = new EmbeddedTelemetryStore(
                    new EmbeddedOptions { Directory = options.Data, KeepLevels = options.KeepLevels },
                    p.GetRequiredService<ILogger<EmbeddedTelemetryStore>>());
                return options.Store == StoreKind.Embedded
                    ? embedded
                    : new InfluxDbTelemetryStore(embedded, options.InfluxDb, p.GetRequiredService<ILogger<InfluxDbTelemetryStore>>());
            });
        }
        services.AddHostedService<LedgerStart>().AddHostedService<StoreUpkeep>();
    }

    private static void AddStations(WebApplicationBuilder builder, CloudOptions options)
    {
        if (options.Cluster.Length > 0) builder.Services.AddHostedService<ClusterStart>();
        builder.UseOrleans(silo => Cluster(silo, options)
            .Configure<SiloMessagingOptions>(m => m.ResponseTimeout = TimeSpan.FromSeconds(10)));
        var json = new JsonSerializerOptions { Converters = { new InstantJsonConverter() } };
        builder.Services.AddSerializer(s => s.AddJsonSerializer(
            static type => type.Assembly == typeof(Station).Assembly || type.Assembly == typeof(Quality).Assembly, json));
        builder.Services.AddSingleton<StationFeed>().AddHostedService(p => p.GetRequiredService<StationFeed>());
        // It advises server garbage collection, which would take memory that a site's one machine does not have to spare.
        builder.Logging.AddFilter("Orleans.Runtime.Silo", LogLevel.Error);
        // Its start check measures from the machine's boot, not from the silo's start.
        builder.Logging.AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error);
    }

    /// <summary>
    /// Alone, or with the processes that PostgreSQL knows. One that was killed is out of the cluster after a few seconds: the others ask
    /// it each second, and it is dead to them when three questions in a row were not answered.
    /// </summary>
    private static ISiloBuilder Cluster(ISiloBuilder silo, CloudOptions options)
    {
        if (options.Cluster.Length == 0) return silo.UseLocalhostClustering(options.SiloPort, options.GatewayPort);
        return silo
            .UseAdoNetClustering(c => (c.Invariant, c.ConnectionString) = ("Npgsql", options.Postgres))
            .Configure<ClusterOptions>(c => (c.ClusterId, c.ServiceId) = (options.Cluster, "AirIsland"))
            .Configure<EndpointOptions>(e =>
            {
                e.AdvertisedIPAddress = IPAddress.Parse(options.SiloAddress);
                (e.SiloPort, e.GatewayPort) = (options.SiloPort, options.GatewayPort);
            })
            .Configure<ClusterMembershipOptions>(m =>
            {
                m.ProbeTimeout = TimeSpan.FromSeconds(1);
                m.NumMissedProbesLimit = 3;
                m.TableRefreshTimeout = TimeSpan.FromSeconds(10);
            });
    }

    private static void AddQuestions(IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddScoped<IActorSource, LoopbackActor>();
        services.AddSingleton<RegisterReader>().AddSingleton<SeriesQueries>().AddSingleton<RatioQueries>().AddSingleton<LeakQueries>();
        services.AddSingleton<TwinQueries>().AddSingleton<ITwinQueries>(p => p.GetRequiredService<TwinQueries>());
        services.AddSingleton<BillQueries>().AddSingleton<IBillQueries>(p => p.GetRequiredService<BillQueries>());
    }

    private static void Map(WebApplication app, CloudOptions options)
    {
        // The listener for edges may be on a network: it serves nothing else, and they are served nowhere else. What a caller writes as
        // Host does not count: behind a forwarded port it is another one.
        app.UseWhen(
            c => (c.Connection.LocalPort == options.GrpcPort) != c.Request.Path.StartsWithSegments("/airisland.telemetry.v1.Telemetry"),
            other => other.Run(c =>
            {
                c.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            }));
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseAirIslandWeb();
        app.MapStaticAssets();
        app.MapGrpcService<IngestService>();
        var api = app.MapGroup("/api/v1");
        TwinApi.Map(api);
        RatioApi.Map(api);
        BillApi.Map(api);
        LeakApi.Map(api);
        SeriesApi.Map(api);
        ExportApi.Map(api);
        app.MapGet("/healthz", () => Results.Ok(new { status = "ok" })).ExcludeFromDescription();
        app.MapPrometheusScrapingEndpoint();
        app.MapOpenApi();
        // A park's network may be closed: nothing is fetched from outside.
        app.MapScalarApiReference(o => o.DisableDefaultFonts());
        app.MapAirIslandWeb();
    }
}

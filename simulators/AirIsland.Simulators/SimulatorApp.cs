using System.ComponentModel.DataAnnotations;
using AirIsland.Simulators.Bench;
using AirIsland.Simulators.Clock;
using AirIsland.Simulators.Devices;
using AirIsland.Simulators.Devices.Fleet;
using AirIsland.Simulators.Devices.Fleet.Sources;
using AirIsland.Simulators.Devices.Mqtt;
using AirIsland.Simulators.Devices.Sparkplug;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AirIsland.Simulators;

/// <summary>The simulators as one host: the plant on the clock, its Modbus devices, its MQTT meters, and a broker for them.</summary>
public static class SimulatorApp
{
    /// <summary>
    /// Builds the host from <c>simulators.json</c>, then the file that <c>--settings FILE</c> names, then the command line
    /// (<c>--plant:seed 7</c>).
    /// </summary>
    /// <param name="args">Settings that go before the file's.</param>
    /// <param name="shared">What a larger process brings along, such as its clock.</param>
    public static IHost Build(string[] args, Action<IHostApplicationBuilder>? shared = null)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
        AddSettings(builder.Configuration, args);
        // What does not start is told in one line by whoever started it; what fails later comes as Critical, too.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        shared?.Invoke(builder);
        builder.Services.TryAddSingleton(TimeProvider.System);

        AddPlant(builder);
        AddFleet(builder);
        AddMqtt(builder);
        AddBench(builder);
        // Last to start and first to stop: nothing moves while the devices are not there.
        builder.Services.AddSingleton<PlantRunner>().AddHostedService(services => services.GetRequiredService<PlantRunner>());
        var host = builder.Build();
        // Devices that stand in each other's way are told before anything starts.
        _ = host.Services.GetRequiredService<DeviceFleet>();
        return host;
    }

    private static void AddSettings(ConfigurationManager settings, string[] args)
    {
        settings.AddJsonFile("simulators.json", optional: true).AddCommandLine(args);
        if (settings["settings"] is not { Length: > 0 } file) return;
        settings.AddJsonFile(Path.GetFullPath(file)).AddCommandLine(args);
    }

    private static void AddPlant(HostApplicationBuilder builder)
    {
        var plant = new ServedPlant(Bind<PlantOptions>(builder, "plant"));
        builder.Services.AddSingleton(plant);
        builder.Services.AddSingleton(services =>
            plant.Build(PlantRunner.OnGrid(services.GetRequiredService<TimeProvider>().GetUtcNow())));
        builder.Services.AddSingleton<DeviceBench>();
        // What happens at an instant comes first; then registers are kept, before anybody hears of them.
        builder.Services.AddSingleton<IPlantFollower>(services => plant.EventsOf(services.GetRequiredService<MeteredStation>()));
        builder.Services.AddSingleton(Bind<MemoryOptions>(builder, "memory")).AddSingleton<IPlantFollower, RegisterMemory>();
    }

    private static void AddFleet(HostApplicationBuilder builder)
    {
        builder.Services.AddSingleton(Bind<ModbusPorts>(builder, "modbus"));
        builder.Services.AddSingleton(FleetSettings.Read(builder.Configuration)).AddSingleton<SourcedDevices>();
        builder.Services.AddSingleton<IPlantFollower>(services => services.GetRequiredService<SourcedDevices>());
        builder.Services.AddSingleton(services =>
        {
            var station = services.GetRequiredService<MeteredStation>();
            var wire = services.GetRequiredService<ServedPlant>().OnWire(services.GetRequiredService<ModbusPorts>());
            var fleet = new DeviceFleet(wire, station.Devices, station.Gate, station.Meters.Find);
            return services.GetRequiredService<SourcedDevices>().Beside(fleet);
        });
        builder.Services.AddSingleton<ModbusFleet>().AddHostedService(services => services.GetRequiredService<ModbusFleet>());
        builder.Services.AddSingleton<MeterFleet>().AddHostedService(services => services.GetRequiredService<MeterFleet>());
    }

    private static void AddMqtt(HostApplicationBuilder builder)
    {
        var options = Bind<BrokerOptions>(builder, "broker");
        builder.Services.AddSingleton(options);
        if (options.Embedded) builder.Services.AddHostedService<EmbeddedBroker>();
        builder.Services.AddSingleton<MeterOutbox>();
        builder.Services.AddSingleton<IPlantFollower, MeterSpeaker>();
        builder.Services.AddSingleton<SparkplugNodes>();
        builder.Services.AddSingleton<IPlantFollower>(services => services.GetRequiredService<SparkplugNodes>());
        builder.Services.AddHostedService<SparkplugPublisher>();
        builder.Services.AddSingleton<MeterPublisher>().AddHostedService(services => services.GetRequiredService<MeterPublisher>());
    }

    private static void AddBench(HostApplicationBuilder builder)
    {
        var options = Bind<BenchOptions>(builder, "bench");
        if (options.Port == 0) return;
        builder.Services.AddSingleton(options).AddHostedService<BenchServer>();
        // A line for every request is what nobody reads.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
    }

    /// <exception cref="OptionsValidationException">Names every setting that is out of its range.</exception>
    private static T Bind<T>(HostApplicationBuilder builder, string section)
        where T : class, new()
    {
        var options = StrictSettings.Read<T>(builder.Configuration.GetSection(section)) ?? new T();
        var mistakes = new List<ValidationResult>();
        return Validator.TryValidateObject(options, new(options), mistakes, validateAllProperties: true)
            ? options
            : throw new OptionsValidationException(section, typeof(T), mistakes.Select(mistake => $"{section}: {mistake.ErrorMessage}"));
    }
}

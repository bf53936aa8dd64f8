using System.ComponentModel.DataAnnotations;
using AirIsland.Simulators.Clock;
using AirIsland.Simulators.Devices;
using AirIsland.Simulators.Devices.Fleet;
using AirIsland.Simulators.Devices.Mqtt;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AirIsland.Simulators;

/// <summary>The simulators as one host: the plant on the clock, its Modbus devices, its MQTT meters, and a broker for them.</summary>
public static class SimulatorApp
{
    /// <summary>Builds the host from <c>simulators.json</c>, then the command line (<c>--plant:seed 7</c>).</summary>
    /// <param name="args">Settings that go before the file's.</param>
    /// <param name="shared">What a larger process brings along, such as its clock.</param>
    public static IHost Build(string[] args, Action<IHostApplicationBuilder>? shared = null)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddJsonFile("simulators.json", optional: true).AddCommandLine(args);
        shared?.Invoke(builder);
        builder.Services.TryAddSingleton(TimeProvider.System);

        AddPlant(builder);
        AddFleet(builder);
        AddMqtt(builder);
        // Last to start and first to stop: nothing moves while the devices are not there.
        builder.Services.AddSingleton<PlantRunner>().AddHostedService(services => services.GetRequiredService<PlantRunner>());
        return builder.Build();
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
        builder.Services.AddSingleton(services =>
        {
            var station = services.GetRequiredService<MeteredStation>();
            var wire = services.GetRequiredService<ServedPlant>().OnWire(services.GetRequiredService<ModbusPorts>());
            return new DeviceFleet(wire, station.Devices, station.Gate);
        });
        builder.Services.AddSingleton<ModbusFleet>().AddHostedService(services => services.GetRequiredService<ModbusFleet>());
    }

    private static void AddMqtt(HostApplicationBuilder builder)
    {
        var options = Bind<BrokerOptions>(builder, "broker");
        builder.Services.AddSingleton(options);
        if (options.Embedded) builder.Services.AddHostedService<EmbeddedBroker>();
        builder.Services.AddSingleton<MeterOutbox>();
        builder.Services.AddSingleton<IPlantFollower, MeterSpeaker>();
        builder.Services.AddSingleton<MeterPublisher>().AddHostedService(services => services.GetRequiredService<MeterPublisher>());
    }

    /// <exception cref="OptionsValidationException">Names every setting that is out of its range.</exception>
    private static T Bind<T>(HostApplicationBuilder builder, string section)
        where T : class, new()
    {
        var options = builder.Configuration.GetSection(section).Get<T>() ?? new T();
        var mistakes = new List<ValidationResult>();
        return Validator.TryValidateObject(options, new(options), mistakes, validateAllProperties: true)
            ? options
            : throw new OptionsValidationException(section, typeof(T), mistakes.Select(mistake => $"{section}: {mistake.ErrorMessage}"));
    }
}

using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Fieldbus.Tests.Profiles;

public class ShippedProfilesTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public static TheoryData<string> Ids => [.. ShippedProfiles.Ids];

    [Fact]
    public void The_five_device_maps_of_the_demo_are_shipped()
    {
        var wanted = new HashSet<string> { "mam6080", "acrel-dtsd1352", "suto-s401", "mqtt-flow", "mqtt-dewpoint" };

        Assert.Superset(wanted, ShippedProfiles.Ids.ToHashSet());
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_shipped_profile_loads_and_is_named_like_its_file(string id)
    {
        var profile = ShippedProfiles.Load(id);

        Assert.Equal(id, profile.Id);
        Assert.NotEmpty(profile.Points);
        Assert.All(profile.Points, p => Assert.True(p.Verified || p.Comment is not null, $"{p.Name} is not verified and does not say why"));
    }

    [Theory]
    [InlineData("outlet/GaugePressure", 0, PointType.UInt16, "0.01", "MPa")]
    [InlineData("outlet/Temperature", 1, PointType.Int16, "0.1", "Cel")]
    [InlineData("RunningTime", 2, PointType.UInt16, "1", "h")]
    [InlineData("LoadedTime", 3, PointType.UInt16, "1", "h")]
    [InlineData("motor/CurrentA", 4, PointType.UInt16, "0.1", "A")]
    [InlineData("motor/CurrentB", 5, PointType.UInt16, "0.1", "A")]
    [InlineData("motor/CurrentC", 6, PointType.UInt16, "0.1", "A")]
    [InlineData("system/GaugePressure", 15, PointType.UInt16, "0.01", "MPa")]
    [InlineData("OperatingState", 26, PointType.UInt16, "1", "1")]
    [InlineData("FaultCode", 28, PointType.UInt16, "1", "1")]
    [InlineData("motor/Voltage", 32, PointType.UInt16, "0.1", "V")]
    [InlineData("motor/Frequency", 34, PointType.UInt16, "0.01", "Hz")]
    [InlineData("motor/Power", 35, PointType.UInt16, "0.1", "kW")]
    [InlineData("motor/Speed", 40, PointType.UInt16, "1", "/min")]
    [InlineData("load/GaugePressure", 1002, PointType.UInt16, "0.01", "MPa")]
    [InlineData("unload/GaugePressure", 1003, PointType.UInt16, "0.01", "MPa")]
    [InlineData("target/GaugePressure", 3061, PointType.UInt16, "0.01", "MPa")]
    public void The_compressor_controller_has_the_addresses_of_its_source(
        string name, int address, PointType type, string scale, string unit)
    {
        CheckModbus("mam6080", name, address, type, RegisterOrder.ABCD, scale, unit);
    }

    [Theory]
    [InlineData("electrical/Energy", 10, PointType.UInt32, "0.01", "kW.h")]
    [InlineData("electrical/VoltageA", 97, PointType.UInt16, "0.1", "V")]
    [InlineData("electrical/VoltageB", 98, PointType.UInt16, "0.1", "V")]
    [InlineData("electrical/VoltageC", 99, PointType.UInt16, "0.1", "V")]
    [InlineData("electrical/CurrentA", 100, PointType.UInt16, "0.01", "A")]
    [InlineData("electrical/CurrentB", 101, PointType.UInt16, "0.01", "A")]
    [InlineData("electrical/CurrentC", 102, PointType.UInt16, "0.01", "A")]
    [InlineData("electrical/Frequency", 119, PointType.UInt16, "0.01", "Hz")]
    [InlineData("electrical/Power", 362, PointType.Int32, "0.001", "kW")]
    [InlineData("electrical/PowerFactor", 383, PointType.Int16, "0.001", "1")]
    public void The_power_meter_has_the_addresses_of_its_source(string name, int address, PointType type, string scale, string unit)
    {
        CheckModbus("acrel-dtsd1352", name, address, type, RegisterOrder.ABCD, scale, unit);
    }

    [Theory]
    [InlineData("Temperature", 0, PointType.Float32, "Cel")]
    [InlineData("GaugePressure", 2, PointType.Float32, "MPa")]
    [InlineData("Velocity", 4, PointType.Float32, "m/s")]
    [InlineData("VolumeFlowRate", 6, PointType.Float32, "m3/min")]
    [InlineData("AccumulatedVolume", 8, PointType.UInt32, "m3")]
    public void The_flow_meter_has_the_addresses_of_its_manual(string name, int address, PointType type, string unit)
    {
        CheckModbus("suto-s401", name, address, type, RegisterOrder.CDAB, "1", unit);
    }

    [Theory]
    [InlineData("schneider-pm5xxx", "electrical/Energy", 3203, "12345.678", 0, 0, 0x00BC, 0x614E)]
    [InlineData("schneider-pm5xxx", "electrical/CurrentA", 2999, "12.5", 0x4148, 0)]
    [InlineData("schneider-pm5xxx", "electrical/VoltageC", 3031, "230.5", 0x4366, 0x8000)]
    [InlineData("schneider-pm5xxx", "electrical/Power", 3059, "-0.5", 0xBF00, 0)]
    [InlineData("schneider-pm5xxx", "electrical/Frequency", 3109, "50", 0x4248, 0)]
    [InlineData("suto-s430", "Temperature", 0, "97.0196", 0x0A11, 0x42C2)]
    [InlineData("suto-s430", "GaugePressure", 2, "0.75", 0, 0x40F0)]
    [InlineData("suto-s430", "VolumeFlowRate", 6, "10", 0, 0x4416)]
    [InlineData("suto-s430", "AccumulatedVolume", 8, "65538", 2, 1)]
    [InlineData("suto-s430", "reverse/AccumulatedVolume", 14, "3", 3, 0)]
    [InlineData("michell-easidew", "PressureDewPoint", 101, "-42.5", 0xC22A, 0)]
    [InlineData("eh-proline-scan", "VolumeFlowRate", 5050, "10", 0, 0x4416)]
    [InlineData("eh-proline-scan", "Temperature", 5052, "26.5", 0, 0x41D4)]
    [InlineData("eh-proline-scan", "AccumulatedVolume", 5054, "56346", 0x1A00, 0x475C)]
    [InlineData("vortex-totaliser", "VolumeFlowRate", 0, "10", 0x4416, 0)]
    [InlineData("vortex-totaliser", "GaugePressure", 6, "0.75", 0x3F40, 0)]
    [InlineData("vortex-totaliser", "Temperature", 8, "26.5", 0x41D4, 0)]
    [InlineData("vortex-totaliser", "AccumulatedVolume", 24, "56346", 0x475C, 0x1A00)]
    public void Registers_of_the_newer_maps_mean_what_their_sources_say(
        string id, string name, int address, string value, params int[] registers)
    {
        var point = ShippedProfiles.Point(id, name);

        Assert.Equal((RegisterTable.Holding, address), (point.Table, (int)point.Address));
        var engineering = PointCodec.ToEngineering(point, [.. registers.Select(r => (ushort)r)]);
        Assert.InRange(engineering ?? decimal.MinValue, Number(value) - point.Resolution, Number(value) + point.Resolution);
    }

    [Theory]
    [InlineData("mqtt-flow", "VolumeFlowRate", "flow", "m3/min", "0.001")]
    [InlineData("mqtt-flow", "GaugePressure", "pressure", "MPa", "0.001")]
    [InlineData("mqtt-flow", "Temperature", "temperature", "Cel", "0.1")]
    [InlineData("mqtt-flow", "AccumulatedVolume", "total", "m3", "0.1")]
    [InlineData("mqtt-dewpoint", "PressureDewPoint", "dewPoint", "Cel", "0.1")]
    [InlineData("mqtt-dewpoint", "GaugePressure", "pressure", "MPa", "0.001")]
    [InlineData("mqtt-dewpoint", "Temperature", "temperature", "Cel", "0.1")]
    public void The_MQTT_meters_have_the_paths_of_their_messages(string id, string name, string path, string unit, string resolution)
    {
        var point = ShippedProfiles.Point(id, name);

        Assert.Equal("ts", ShippedProfiles.Load(id).TimestampPath);
        Assert.Equal(path, point.Path);
        Assert.Equal(unit, point.Unit);
        Assert.Equal(Number(resolution), point.Resolution);
    }

    [Theory]
    [InlineData("mam6080", "RunningTime", "65536")]
    [InlineData("mam6080", "LoadedTime", "65536")]
    [InlineData("acrel-dtsd1352", "electrical/Energy", "42949672.96")]
    [InlineData("suto-s401", "AccumulatedVolume", "4294967296")]
    [InlineData("mqtt-flow", "AccumulatedVolume", "1000000000")]
    public void Registers_say_where_they_start_again_and_are_read_each_minute(string id, string name, string modulus)
    {
        var point = ShippedProfiles.Point(id, name);

        Assert.Equal(PointKind.Register, point.Kind);
        Assert.Equal(Number(modulus), point.Modulus);
        Assert.Equal(Minute, ShippedProfiles.Load(id).Groups[point.Group]);
    }

    [Theory]
    [InlineData("mam6080", 1)]
    [InlineData("acrel-dtsd1352", 1)]
    [InlineData("suto-s401", 1)]
    [InlineData("mqtt-flow", 1)]
    [InlineData("mqtt-dewpoint", 2)]
    public void Levels_and_states_are_read_by_the_second(string id, int seconds)
    {
        var profile = ShippedProfiles.Load(id);

        var measured = profile.Points.Where(p => p is { Kind: not PointKind.Register, Writable: false });
        Assert.All(measured, p => Assert.Equal(seconds * Second, profile.Groups[p.Group]));
    }

    [Fact]
    public void Only_set_pressures_and_the_station_controllers_settings_can_be_written()
    {
        var writable = ShippedProfiles.Ids.ToDictionary(id => id, id => ShippedProfiles.Load(id).Points.Where(p => p.Writable).ToList());

        Assert.Equal(
            ["air-station-controller 54", "mam6080 3", "mam860 3"],
            writable.Where(w => w.Value.Count > 0).Select(w => $"{w.Key} {w.Value.Count}").Order(StringComparer.Ordinal));
        Assert.Equal([80, 81, 82], writable["mam860"].Select(p => (int)p.Address));
        Assert.Equal([1002, 1003, 3061], writable["mam6080"].Select(p => (int)p.Address));
        Assert.All(writable["air-station-controller"], p => Assert.InRange(p.Address, 100, 159));
    }

    [Fact]
    public void Air_amounts_are_at_20_degrees_and_everything_else_names_no_state()
    {
        var points = ShippedProfiles.Ids.SelectMany(id => ShippedProfiles.Load(id).Points).ToList();

        // What Endress+Hauser calls corrected volume is at 0 degrees.
        var normal = ShippedProfiles.Load("eh-proline-scan").Points.Where(IsAmountOfAir).ToList();
        Assert.All(normal, p => Assert.Equal("Normal", p.State));
        Assert.Equal(normal.Count, points.Count(p => p.State == "Normal"));
        Assert.All(points.Where(p => IsAmountOfAir(p) && p.State != "Normal"), p => Assert.Equal("Standard20", p.State));
        Assert.All(points.Where(p => !IsAmountOfAir(p)), p => Assert.Null(p.State));

        static bool IsAmountOfAir(ProfilePoint point) => point is { Medium: "air", Unit: "m3" or "m3/min" };
    }

    [Fact]
    public void Only_energy_current_and_power_lie_behind_the_transformers()
    {
        var behind = ShippedProfiles.Load("acrel-dtsd1352").Points.Where(p => p.Transformer).Select(p => p.Name);

        Assert.Equal(["Energy", "CurrentA", "CurrentB", "CurrentC", "Power"], behind.Select(name => name.Split('/')[^1]));
    }

    private static void CheckModbus(string id, string name, int address, PointType type, RegisterOrder order, string scale, string unit)
    {
        var point = ShippedProfiles.Point(id, name);

        Assert.Equal(
            (RegisterTable.Holding, address, type, order, Number(scale), unit),
            (point.Table, (int)point.Address, point.Type, point.Order, point.Scale, point.Unit));
    }

    private static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}

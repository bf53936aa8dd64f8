using AirIsland.Fieldbus.Profiles;
using AirIsland.Simulators.Devices;
using AirIsland.Simulators.Devices.Fitting;
using AirIsland.Simulators.Physics;
using AirIsland.Simulators.Physics.Compressors;
using AirIsland.Simulators.Stations;
using AirIsland.Simulators.Tests.Stations;

namespace AirIsland.Simulators.Tests.Devices.Fitting;

public sealed class MeterFitterTests
{
    private const int Seconds = 1800;

    // A sensible place for each device map there is.
    private static readonly Dictionary<string, string> PlaceOf = new()
    {
        ["2flow-mag11"] = "cooling water",
        ["acrel-adw300"] = "fixed-1",
        ["acrel-dtsd1352"] = "station",
        ["air-station-controller"] = "controller",
        ["analog-pressure"] = "wet receiver",
        ["cs-fa510"] = "header",
        ["diehl-sharky775"] = "recovered heat",
        ["dlt645-1997"] = "variable",
        ["dlt645-2007"] = "station",
        ["eh-proline-scan"] = "lifode",
        ["fuxin-corrector"] = "lifode",
        ["mam6080"] = "fixed-1",
        ["mam860"] = "variable",
        ["michell-easidew"] = "header",
        ["mqtt-dewpoint"] = "header",
        ["mqtt-flow"] = "songyuan",
        ["schneider-pm2100"] = "variable",
        ["schneider-pm5xxx"] = "station",
        ["sparkplug-flow"] = "songyuan",
        ["suto-s401"] = "lifode",
        ["suto-s430"] = "lifode",
        ["vortex-totaliser"] = "lifode",
    };

    public static TheoryData<string> Profiles => [.. PlaceOf.Keys];

    [Fact]
    public void Every_shipped_profile_is_walked()
    {
        var shipped = typeof(DeviceProfiles).Assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith("profiles/", StringComparison.Ordinal)).Select(n => Path.GetFileNameWithoutExtension(n));

        Assert.Equal(shipped.Order(), PlaceOf.Keys.Order());
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Every_profile_can_be_fitted_shows_every_point_within_its_range_and_counts(string profile)
    {
        var station = Fitted(new MeterOptions { Id = "meter", Profile = profile, At = PlaceOf[profile], Ratio = 40 });
        var device = station.Devices["meter"];
        Plausible(device);
        var before = station.Registers.ToDictionary(r => r.Key, r => r.Value.Total);

        for (var i = 0; i < Seconds; i++) station.Step(TimeSpan.FromSeconds(1));

        Plausible(device);
        // What a controller counts it knows exactly.
        if (PlaceOf[profile] == "controller") return;
        Assert.Equal(
            device.Points.Where(p => p.Kind == PointKind.Register).Select(p => $"meter/{p.Name}").Order(), station.Registers.Keys.Order());
        // Nothing is fed back, and one tariff counts at a time.
        var isTariff = station.Registers.Keys.ToLookup(name => name.Contains("Tariff", StringComparison.Ordinal));
        foreach (var name in isTariff[false])
            if (!name.Contains("reverse", StringComparison.OrdinalIgnoreCase)) Assert.True(Grown(name) > 0, name);
            // Air flows back a little while a network settles, electricity does not.
            else Assert.InRange(Grown(name), 0, name.Contains("Volume", StringComparison.Ordinal) ? 1 : 0);
        if (isTariff[true].Any()) Assert.Equal(Grown("meter/electrical/Energy"), isTariff[true].Sum(Grown));
        foreach (var point in device.Points.Where(p => p.Kind == PointKind.Register && p.Modulus is not null))
            Assert.Equal(point.Modulus, station.Registers[$"meter/{point.Name}"].Spec.Width);

        decimal Grown(string name) => (decimal)(station.Registers[name].Total - before[name]);
    }

    [Theory]
    [InlineData(DryerKind.Refrigerated)]
    [InlineData(DryerKind.DesiccantHeatless)]
    public void A_flow_meter_in_the_header_counts_what_goes_to_all_companies_and_into_the_networks_holes(DryerKind dryer)
    {
        var park = TestStations.Park();
        var station = new MeteredStation(
            new(park with { Start = TestStations.Monday.AddHours(8), Treatment = new() { Dryer = dryer } }),
            [new() { Id = "outlet", Profile = "suto-s401", At = "header", Points = Exact("VolumeFlowRate") }],
            1);
        var before = station.Registers["outlet/AccumulatedVolume"].Total;
        var stored = station.Station.Header.Kg;
        station.Step(TimeSpan.FromHours(4));

        var truth = station.Station.Truth;
        var passed = (truth.MeteredKg + truth.NetworkLeakKg + station.Station.Header.Kg - stored) / DryAir.KgPerStandard20M3;
        Assert.Equal(passed, (double)(station.Registers["outlet/AccumulatedVolume"].Total - before), passed * 1e-3);
    }

    [Fact]
    public void Water_meters_show_the_circuits_and_sum_their_heat()
    {
        var station = Fitted(
            new MeterOptions { Id = "cooling", Profile = "2flow-mag11", At = "cooling water", Points = Exact("heat/Power") },
            new MeterOptions { Id = "heat", Profile = "diehl-sharky775", At = "recovered heat", Points = Exact("heat/Power") });
        Run(station, Seconds);
        var (before, cooling, heat) = (station.Station.Truth, Energy("cooling"), Energy("heat"));
        Run(station, 2 * 3600);

        // The circuits are settled every few seconds; a register is late by as much.
        var truth = station.Station.Truth.Since(before).Energy;
        Assert.Equal(truth.RecoveredJ / 3.6e6, (double)(Energy("heat") - heat), 1.5);
        Assert.Equal(1, (double)(Energy("cooling") - cooling) / (truth.CoolingWaterJ / 3.6e6), 0.01);
        Assert.InRange(station.Devices["heat"].Shows("supply/Temperature"), 60, 70);
        Assert.InRange(station.Devices["heat"].Shows("return/Temperature"), 42, 48);
        Assert.True(station.Devices["cooling"].Shows("return/Temperature") > station.Devices["cooling"].Shows("supply/Temperature"));

        decimal Energy(string id) => station.Devices[id].Shows("heat/Energy");
    }

    [Fact]
    public void A_corrector_shows_absolute_pressure_and_any_flow_meter_the_state_of_its_profile()
    {
        var station = Fitted(
            new MeterOptions { Id = "corrector", Profile = "fuxin-corrector", At = "lifode", Points = Exact("VolumeFlowRate") },
            new MeterOptions { Id = "thermal", Profile = "suto-s401", At = "lifode", Points = Exact("VolumeFlowRate") });
        Run(station, Seconds);

        var flow = Demo.M3(station.Station.Branches[0].Pipe.KgPerSecond) * 60;
        Assert.Equal(flow, (double)station.Devices["thermal"].Shows("VolumeFlowRate"), 0.02 * flow);
        Assert.Equal(flow, (double)station.Devices["corrector"].Shows("VolumeFlowRate"), 0.02 * flow);
        var (absolute, gauge) = (station.Devices["corrector"].Shows("AbsolutePressure"), station.Devices["thermal"].Shows("GaugePressure"));
        Assert.Equal(0.1, (double)(absolute - gauge), 0.02);
    }

    [Fact]
    public void A_tripped_machine_shows_a_fault_code_and_a_stopped_state_on_both_controllers()
    {
        var station = Fitted(
            new MeterOptions { Id = "a", Profile = "mam6080", At = "fixed-1" },
            new MeterOptions { Id = "b", Profile = "mam860", At = "fixed-1" });
        Run(station, Seconds);
        foreach (var device in station.Devices.Values) Assert.Equal(0, device.Shows("FaultCode"));
        Assert.Equal((decimal)(int)station.Station.Compressors[0].State, station.Devices["a"].Shows("OperatingState"));

        station.Station.Commands[0] = CompressorCommand.Auto with { IsTripped = true };
        Run(station, 5);

        foreach (var device in station.Devices.Values) Assert.NotEqual(0, device.Shows("FaultCode"));
        Assert.Equal((decimal)(int)CompressorState.Stopped, station.Devices["a"].Shows("OperatingState"));
        Assert.Equal(0, station.Devices["b"].Shows("motor/Power"));
    }

    [Fact]
    public void A_hot_machine_warns_before_it_stops()
    {
        var station = Fitted(new MeterOptions { Id = "a", Profile = "mam860", At = "fixed-1" });
        Run(station, Seconds);
        Assert.Equal(0, station.Devices["a"].Shows("WarningCode"));

        station.Station.Compressors[0].Condition = new() { CoolerLoss = 0.97 };
        station.Station.Commands[0] = CompressorCommand.Auto with { CapacityShare = 1 };
        var warned = false;
        for (var i = 0; i < 3 * 3600 && station.Station.Compressors[0].Trip == CompressorTrip.None; i++)
        {
            station.Step(TimeSpan.FromSeconds(1));
            if (station.Devices["a"].Shows("FaultCode") == 0) warned |= station.Devices["a"].Shows("WarningCode") != 0;
        }

        Assert.True(warned);
        Assert.Equal(CompressorTrip.Temperature, station.Station.Compressors[0].Trip);
        Assert.Equal(1, station.Devices["a"].Shows("FaultCode"));
    }

    [Fact]
    public void Settings_are_those_of_the_machine_until_somebody_commands_others()
    {
        var station = Fitted(new MeterOptions { Id = "a", Profile = "mam860", At = "variable" });
        Assert.Equal((0.69m, 0.77m, 0.70m), (Shows("load"), Shows("unload"), Shows("target")));

        station.Station.Commands[2] = CompressorCommand.Auto with { TargetMPa = 0.66 };
        Assert.Equal((0.69m, 0.77m, 0.66m), (Shows("load"), Shows("unload"), Shows("target")));

        decimal Shows(string setting) => station.Devices["a"].Shows($"{setting}/GaugePressure");
    }

    [Fact]
    public void Converter_figures_follow_the_speed_and_a_fixed_speed_lies_on_the_mains()
    {
        var station = Fitted(
            new MeterOptions { Id = "fixed", Profile = "mam6080", At = "fixed-1" },
            new MeterOptions { Id = "variable", Profile = "mam6080", At = "variable" });
        Run(station, Seconds);

        var share = station.Station.Compressors[2].SpeedShare;
        Assert.InRange(share, 0.2, 1);
        Assert.Equal(50 * share, (double)station.Devices["variable"].Shows("motor/Frequency"), 0.01);
        Assert.Equal(400 * share, (double)station.Devices["variable"].Shows("motor/Voltage"), 0.1);
        Assert.Contains((double)station.Devices["fixed"].Shows("motor/Voltage"), new double[] { 0, 400 });
        var power = station.Station.Compressors[2].PowerW / 1e3;
        Assert.InRange((double)station.Devices["variable"].Shows("motor/Power"), 0.85 * power, power);
    }

    [Fact]
    public void Without_mains_a_power_meter_has_no_voltage()
    {
        var station = Fitted(new MeterOptions { Id = "power", Profile = "acrel-dtsd1352", At = "station", Ratio = 100 });
        Run(station, 60);
        station.Station.HasMains = false;
        Run(station, 10);

        Assert.Equal(0, station.Devices["power"].Shows("electrical/Power"));
        Assert.InRange(station.Devices["power"].Shows("electrical/VoltageA"), 0, 2);
    }

    [Theory]
    [InlineData("suto-s401", "nowhere", "the station has no 'nowhere'; it has station, wet receiver, header, cooling water")]
    [InlineData("suto-s401", "station", "station has no 'Temperature'")]
    [InlineData("mam860", "lifode", "lifode has no 'outlet/GaugePressure'")]
    public void What_does_not_fit_says_why(string profile, string at, string message) => Assert.Contains(
        message,
        Assert.Throws<ArgumentException>(() => Fitted(new MeterOptions { Id = "meter", Profile = profile, At = at })).Message,
        StringComparison.Ordinal);

    [Fact]
    public void What_is_special_about_a_point_must_be_about_a_point_of_the_profile() => Assert.Contains(
        "suto-s401 has no point 'Flow'",
        Assert.Throws<ArgumentException>(
            () => Fitted(new MeterOptions { Id = "meter", Profile = "suto-s401", At = "lifode", Points = Exact("Flow") })).Message,
        StringComparison.Ordinal);

    private static MeteredStation Fitted(params MeterOptions[] meters)
    {
        var park = TestStations.Park();
        return new(
            new Station(park with
            {
                Start = TestStations.Monday.AddHours(8),
                Compressors =
                [
                    park.Compressors[0], park.Compressors[1] with { IsWaterCooled = true },
                    park.Compressors[2] with { IsWaterCooled = true },
                ],
                HeatRecovery = new() { CapacityKW = 150, DemandKW = 60 },
                Control = meters.Any(m => m.At == "controller") ? new() : null,
            }),
            meters,
            seed: 1);
    }

    private static Dictionary<string, PointOptions> Exact(string point) => new() { [point] = new() { Gain = 0 } };

    private static void Run(MeteredStation station, int seconds)
    {
        for (var i = 0; i < seconds; i++) station.Step(TimeSpan.FromSeconds(1));
    }

    private static void Plausible(ProfileDevice device)
    {
        foreach (var point in device.Points)
        {
            var shown = device.Shows(point.Name);
            Assert.True(shown >= (point.Minimum ?? 0) && shown <= (point.Maximum ?? point.Modulus ?? 100), $"{point.Name} {shown}");
        }
    }
}

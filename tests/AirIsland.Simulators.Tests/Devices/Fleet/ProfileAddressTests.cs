using System.Globalization;
using System.Text.RegularExpressions;
using AirIsland.Simulators.Devices;

namespace AirIsland.Simulators.Tests.Devices.Fleet;

/// <summary>The device maps by bytes on the wire: what the sources say, written out by hand, read without any code of ours.</summary>
public sealed partial class ProfileAddressTests
{
    private static readonly Dictionary<string, Dictionary<string, decimal>> Readings = new()
    {
        ["mam860"] = Parse(
            "outlet/GaugePressure=0.72 outlet/Temperature=-5.3 RunningTime=12345 LoadedTime=9876 "
            + "motor/CurrentA=187.4 motor/CurrentB=187.5 motor/CurrentC=187.6 motor/Frequency=48.7 "
            + "motor/Voltage=380.5 motor/Power=98.6 motor/Speed=2950 FaultCode=17 WarningCode=3 "
            + "load/GaugePressure=0.62 unload/GaugePressure=0.75 target/GaugePressure=0.70"),
        ["acrel-adw300"] = Parse(
            "electrical/Power=-1.5 electrical/Energy=98765.43 electrical/ReverseEnergy=1"),
        ["schneider-pm2100"] = Parse(
            "electrical/Energy=123456.75 electrical/CurrentA=12.5 electrical/CurrentB=13.25 "
            + "electrical/CurrentC=0.5 electrical/VoltageA=230.5 electrical/VoltageB=231 electrical/VoltageC=229.75 "
            + "electrical/PowerA=10 electrical/PowerB=20 electrical/PowerC=30 electrical/Power=60 "
            + "electrical/Frequency=50"),
        ["cs-fa510"] = Parse(
            "Temperature=24.5 PressureDewPoint=-41.25 AtmosphericDewPoint=-60"),
        ["fuxin-corrector"] = Parse(
            "VolumeFlowRate=20.5 AccumulatedVolume=12345678.9012 Temperature=31.5 AbsolutePressure=0.8"),
        ["2flow-mag11"] = Parse(
            "heat/Energy=1234.567 AccumulatedVolume=987.654 VolumeFlowRate=0.5 supply/Temperature=60.25 "
            + "return/Temperature=45.5 heat/Power=250"),
        ["diehl-sharky775"] = Parse(
            "heat/Energy=7654 AccumulatedVolume=12.34 heat/Power=99.5 VolumeFlowRate=0.3 supply/Temperature=61 "
            + "return/Temperature=40"),
        ["analog-pressure"] = Parse(
            "GaugePressure=0.8"),
    };

    [Theory]
    [InlineData("mam860", "03 0000 0007", "0048 FFCB 3039 2694 0752 0753 0754")]
    [InlineData("mam860", "03 0018 0005", "01E7 0EDD 0000 03DA 0B86")]
    [InlineData("mam860", "03 0025 0003", "0011 0000 0003")]
    [InlineData("mam860", "03 0050 0003", "003E 004B 0046")]
    [InlineData("acrel-adw300", "03 0024 0002", "FFFF FA24")]
    [InlineData("acrel-adw300", "03 003E 0004", "0096 B43F 0000 0064")]
    [InlineData("schneider-pm2100", "03 0A8F 0002", "47F1 2060")]
    [InlineData("schneider-pm2100", "03 0BB7 0006", "4148 0000 4154 0000 3F00 0000")]
    [InlineData("schneider-pm2100", "03 0BD3 0006", "4366 8000 4367 0000 4365 C000")]
    [InlineData("schneider-pm2100", "03 0BED 0008", "4120 0000 41A0 0000 41F0 0000 4270 0000")]
    [InlineData("schneider-pm2100", "03 0C25 0002", "4248 0000")]
    [InlineData("cs-fa510", "03 03E8 0002", "41C4 0000")]
    [InlineData("cs-fa510", "03 03EE 0002", "C225 0000")]
    [InlineData("cs-fa510", "03 03FE 0002", "C270 0000")]
    [InlineData("fuxin-corrector", "03 0010 0005", "4499 C000 1234 5678 9012")]
    [InlineData("fuxin-corrector", "03 001A 0004", "41FC 0000 4448 0000")]
    [InlineData("2flow-mag11", "03 0202 0002", "000F 1206")]
    [InlineData("2flow-mag11", "03 0206 0002", "0012 D687")]
    [InlineData("2flow-mag11", "03 0400 0006", "41F0 0000 4271 0000 4236 0000")]
    [InlineData("2flow-mag11", "03 0408 0002", "437A 0000")]
    [InlineData("diehl-sharky775", "03 0000 0002", "0000 1DE6")]
    [InlineData("diehl-sharky775", "03 000A 0002", "0000 04D2")]
    [InlineData("diehl-sharky775", "03 001C 0002", "42C7 0000")]
    [InlineData("diehl-sharky775", "03 0026 0002", "4190 0000")]
    [InlineData("diehl-sharky775", "03 002E 0002", "4274 0000")]
    [InlineData("diehl-sharky775", "03 0036 0002", "4220 0000")]
    [InlineData("analog-pressure", "04 0000 0001", "2EE0")]
    public async Task A_device_answers_the_bytes_of_its_source(string profile, string request, string registers)
    {
        await using var fleet = await StartAsync(profile);

        var answer = await RawClient.AskAsync(fleet.PortOf(profile), $"0001 0000 0006 01 {request}");

        var data = registers.Replace(" ", "", StringComparison.Ordinal);
        Assert.Equal($"00010000{data.Length / 2 + 3:X4}01{request[..2]}{data.Length / 2:X2}{data}", answer);
    }

    [Fact]
    public void Every_point_of_these_maps_is_looked_at()
    {
        foreach (var (profile, readings) in Readings)
            Assert.Equal(DeviceProfiles.Load(profile).Points.Select(point => point.Name).Order(), readings.Keys.Order());
    }

    [ExternalTheory("mbpoll")]
    [InlineData("schneider-pm2100", 3059, "4:float", "60")]
    [InlineData("schneider-pm2100", 2703, "4:float", "123457")]
    [InlineData("acrel-adw300", 36, "4:int", "-1500")]
    [InlineData("cs-fa510", 1006, "4:float", "-41.25")]
    [InlineData("2flow-mag11", 0x206, "4:int", "1234567")]
    [InlineData("diehl-sharky775", 54, "4:float", "40")]
    [InlineData("mam860", 28, "4", "2950")]
    [InlineData("analog-pressure", 0, "3", "12000")]
    public async Task A_stranger_reads_the_same(string profile, int address, string type, string value)
    {
        await using var fleet = await StartAsync(profile);

        var (_, output) = await ExternalProgram.RunAsync(
            "mbpoll", "-m", "tcp", "-o", "10", "-p", $"{fleet.PortOf(profile)}", "-a", "1", "-0", "-B", "-t", type, "-r", $"{address}",
            "-c", "1", "-1", "127.0.0.1");

        var match = Value().Match(output);
        Assert.True(match.Success, output);
        Assert.Equal(
            decimal.Parse(value, CultureInfo.InvariantCulture),
            decimal.Parse(match.Groups[1].Value, NumberStyles.Float, CultureInfo.InvariantCulture));
    }

    private static Task<TestFleet> StartAsync(string profile) =>
        TestFleet.StartAsync(new() { Devices = [new() { Id = profile, Profile = profile }] }, (id, point) => Readings[id][point]);

    private static Dictionary<string, decimal> Parse(string readings) => readings.Split(' ').Select(reading => reading.Split('='))
        .ToDictionary(reading => reading[0], reading => decimal.Parse(reading[1], CultureInfo.InvariantCulture));

    [GeneratedRegex(@"^\[\d+\]:\s+(-?[\d.e+-]+)", RegexOptions.Multiline)]
    private static partial Regex Value();
}

using AirIsland.Fieldbus.Profiles;
using AirIsland.Simulators.Devices.Meters;
using AirIsland.Simulators.Physics;

namespace AirIsland.Simulators.Devices;

/// <summary>
/// The plant with the instruments fitted to it and the devices that show their readings. Everything here is used under
/// <see cref="Gate"/>, so that whoever reads sees one instant.
/// </summary>
public sealed class MeteredPlant
{
    private const decimal StationRatio = 100;
    private const decimal CompressorRatio = 40;

    private readonly int _seed;
    private readonly List<IInstrument> _instruments = [];
    private readonly Dictionary<string, ProfileDevice> _devices = [];
    private readonly Dictionary<string, Totaliser> _registers = [];

    public MeteredPlant(PlantOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _seed = options.Seed;
        Plant = new(options);

        var mam = DeviceProfiles.Load("mam6080");
        var acrel = DeviceProfiles.Load("acrel-dtsd1352");
        var suto = DeviceProfiles.Load("suto-s401");
        var mqttFlow = DeviceProfiles.Load("mqtt-flow");

        foreach (var compressor in Plant.Compressors)
            Fit(compressor.Rating.Id, mam, random => new CompressorController(Plant, compressor, random));
        FitPowerMeter("station-power", acrel, StationRatio, () => Plant.Electricity);
        foreach (var compressor in Plant.Compressors)
            FitPowerMeter($"{compressor.Rating.Id}-power", acrel, CompressorRatio, () => compressor.Electricity);
        FitFlowMeter("lifode-flow", suto, Plant.Lifode, gain: 0.002);
        FitFlowMeter("songyuan-flow", mqttFlow, Plant.Songyuan, gain: -0.001);
        Fit("header-dewpoint", DeviceProfiles.Load("mqtt-dewpoint"), random => new DewPointTransmitter(Plant, random));
    }

    public Lock Gate { get; } = new();

    public Plant Plant { get; }

    public IReadOnlyDictionary<string, ProfileDevice> Devices => _devices;

    /// <summary>The registers of all devices, by <c>device/point</c>.</summary>
    public IReadOnlyDictionary<string, Totaliser> Registers => _registers;

    /// <summary>Lets the plant run and the instruments follow.</summary>
    public void Step(TimeSpan dt)
    {
        Plant.Step(dt);
        foreach (var instrument in _instruments) instrument.Advance(dt);
    }

    /// <summary>Time passes, nothing flows: registers stand, flows and powers read 0.</summary>
    public void Stand(DateTimeOffset instant)
    {
        Plant.MoveClock(instant);
        foreach (var instrument in _instruments) instrument.Stand();
    }

    private void FitPowerMeter(string id, DeviceProfile profile, decimal ratio, Func<ElectricLoad> load)
    {
        var register = Register(profile, ratio);
        // Class 0.5, and 0.05 % off.
        var accuracy = new MeterAccuracy(Gain: 0.0005, Noise: 0.001, CutOff: 0.05);
        Fit(id, profile, random => new PowerMeter(load, accuracy, Used(register, random), random), ratio);
    }

    private void FitFlowMeter(string id, DeviceProfile profile, Branch branch, double gain)
    {
        var register = Register(profile, 1);
        // Class 1.5; the gain is what this meter is really off.
        var accuracy = new MeterAccuracy(gain, Noise: 0.003, CutOff: 0.2);
        Fit(id, profile, random => new FlowMeter(Plant, branch, accuracy, Used(register, random), random));
    }

    private void Fit(string id, DeviceProfile profile, Func<Random, IInstrument> make, decimal ratio = 1)
    {
        var instrument = make(new Random(unchecked(_seed * 486187739 + 104729 * (_instruments.Count + 1))));
        _instruments.Add(instrument);
        _devices.Add(id, new(id, profile, ratio, instrument.Read));
        foreach (var (point, totaliser) in instrument.Registers) _registers.Add($"{id}/{point}", totaliser);
    }

    private static ProfilePoint Register(DeviceProfile profile, decimal ratio) =>
        profile.Points.Single(point => point.Kind == PointKind.Register).WithRatio(ratio);

    private static Totaliser Used(ProfilePoint register, Random random) => Totaliser.Used(
        register.Resolution,
        register.Modulus ?? throw new InvalidOperationException($"the profile gives {register.Name} no modulus"),
        random);
}

using System.ComponentModel.DataAnnotations;
using System.Text;
using AirIsland.Fieldbus.Profiles;
using AirIsland.Simulators.Devices;

namespace AirIsland.Simulators.Replay;

/// <summary>Makes a plan of a description, and finds every mistake in it at once.</summary>
public sealed class PlanBuilder
{
    private readonly ReplayDescription _description;
    private readonly List<string> _mistakes = [];
    private readonly List<PointSource> _sources = [];
    private readonly List<(string Device, string Point, decimal Value)> _constants = [];

    private PlanBuilder(ReplayDescription description) => _description = description;

    /// <param name="description">What is wanted.</param>
    /// <param name="origin">Names it in mistakes: the description's path.</param>
    /// <exception cref="ReplayException">It does not hold together; lists every mistake.</exception>
    public static ReplayPlan Build(ReplayDescription description, string origin)
    {
        ArgumentNullException.ThrowIfNull(description);
        var builder = new PlanBuilder(description);
        var plan = builder.Build();
        return plan is not null && builder._mistakes.Count == 0 ? plan : throw new ReplayException(origin, builder._mistakes);
    }

    private ReplayPlan? Build()
    {
        CheckFile();
        var time = Times();
        var begin = time is null ? null : Begin(time);
        var devices = _description.Devices.Select(device => (device, Profile(device))).ToList();
        if (devices.Count == 0) _mistakes.Add("devices: at least one is wanted");
        foreach (var (device, profile) in devices)
            if (profile is not null) CheckDevice(device, profile);
        CheckTwice("id", _description.Devices.Select(device => device.Id));
        CheckTwice("topic", _description.Devices.Select(device => device.Topic).OfType<string>());
        CheckTwice(
            "port and unit",
            devices.Where(d => d.Item2?.Protocol == DeviceProtocol.Modbus && d.device.Port != 0)
                .Select(d => $"{d.device.Port}/{d.device.Unit}"));
        if (time is null || _mistakes.Count > 0) return null;

        List<ReplayedDevice> replayed =
        [
            .. from pair in devices
               where pair.Item2 is not null
               select new ReplayedDevice(pair.device, pair.Item2, _sources, _description.Gaps),
        ];
        foreach (var (device, point, value) in _constants) replayed.Single(r => r.Device.Id == device).Set(point, value);
        return new(_description, time, begin, _sources, replayed);
    }

    private void CheckFile()
    {
        if (_description.File.Length == 0) _mistakes.Add("file is missing: give it here or with --file");
        if (_description.Separator is '"' or ' ' or '\n' or '\r') _mistakes.Add("separator can be no quote, blank or line end");
        if (_description.SkipLines < 0) _mistakes.Add($"skipLines {_description.SkipLines}: 0 or more is wanted");
        if (_description.DecimalMark is not ('.' or ',')) _mistakes.Add($"decimalMark '{_description.DecimalMark}': . or , is wanted");
        if (_description.DecimalMark == _description.Separator) _mistakes.Add("decimalMark and separator are the same");
        if (_description is { Speed.Factor: null, End: ReplayEnd.Loop })
            _mistakes.Add("end loop needs a speed: with max it would never rest");
        if (!IsEncoding(_description.Encoding)) _mistakes.Add($"encoding '{_description.Encoding}' is not known");
        var wrong = new List<ValidationResult>();
        Validator.TryValidateObject(_description.Broker, new(_description.Broker), wrong, validateAllProperties: true);
        _mistakes.AddRange(wrong.Select(mistake => $"broker: {mistake.ErrorMessage}"));
    }

    private static bool IsEncoding(string name)
    {
        if (CodePagesEncodingProvider.Instance.GetEncoding(name) is not null) return true;
        return Encoding.GetEncodings().Any(encoding => encoding.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
    }

    private TimeReader? Times()
    {
        try
        {
            return new(_description.Time.Format, _description.Time.Zone);
        }
        catch (FormatException e)
        {
            _mistakes.Add($"time: {e.Message}");
            return null;
        }
    }

    private DateTimeOffset? Begin(TimeReader time)
    {
        if (_description.Begin is not { } text) return null;
        var begin = time.ReadIso(text, out var flaw);
        if (begin is null) _mistakes.Add($"begin: {flaw}");
        return begin;
    }

    private DeviceProfile? Profile(ReplayDevice device)
    {
        try
        {
            return DeviceProfiles.Load(device.Profile);
        }
        catch (FileNotFoundException e)
        {
            _mistakes.Add($"{device.Id}: {e.Message}");
            return null;
        }
    }

    private void CheckDevice(ReplayDevice device, DeviceProfile profile)
    {
        if (string.IsNullOrWhiteSpace(device.Id)) _mistakes.Add("devices: an id is empty");
        if (device.Ratio is <= 0 or > 1_000_000) _mistakes.Add($"{device.Id}: ratio {device.Ratio}: above 0 and up to a million is wanted");
        if (profile.Protocol == DeviceProtocol.Dlt645)
            _mistakes.Add($"{device.Id}: {profile.Id} speaks DL/T 645; a replay speaks Modbus and MQTT");
        if (profile.Protocol == DeviceProtocol.Modbus && device.Port is < 0 or > 65_535)
            _mistakes.Add($"{device.Id}: port {device.Port}: 0 to 65535 is wanted");
        if (profile.Protocol == DeviceProtocol.MqttJson && !IsTopic(device.Topic))
            _mistakes.Add($"{device.Id}: topic '{device.Topic}': a base topic without + and # is wanted");
        if (profile.Protocol == DeviceProtocol.Sparkplug)
            _mistakes.Add($"{device.Id}: {profile.Id} speaks Sparkplug, which is not replayed");
        if (device.Points.Count == 0) _mistakes.Add($"{device.Id}: points: at least one is wanted");
        if (device.Ratio is <= 0 or > 1_000_000) return;
        foreach (var (name, from) in device.Points) CheckPoint(device, profile, name, from);
    }

    private void CheckPoint(ReplayDevice device, DeviceProfile profile, string name, ReplayPoint from)
    {
        var place = $"{device.Id} {name}";
        if (profile.Points.FirstOrDefault(point => point.Name == name) is not { } raw)
        {
            _mistakes.Add($"{place}: {device.Profile} has no such point; it has {string.Join(", ", profile.Points.Select(p => p.Name))}");
            return;
        }
        var point = raw.WithRatio(device.Ratio);
        if (UnitConversion.Between(from.Unit ?? point.Unit, point.Unit) is not { } conversion)
        {
            var known = string.Join(", ", UnitConversion.LeadingTo(point.Unit));
            _mistakes.Add($"{place}: unit '{from.Unit}' cannot become {point.Unit}; {known} can");
            return;
        }
        var source = new PointSource(device.Id, point, from, conversion);
        if (from.Column is null == from.Value is null) _mistakes.Add($"{place}: either a column or a value is wanted");
        else if (from.Value is not { } constant) _sources.Add(source);
        else if (source.Engineering(constant, out var flaw) is { } value) _constants.Add((device.Id, name, value));
        else _mistakes.Add($"{place}: {flaw}");
    }

    private void CheckTwice(string what, IEnumerable<string> values) =>
        _mistakes.AddRange(values.GroupBy(value => value).Where(group => group.Skip(1).Any())
            .Select(group => $"devices: {what} {group.Key} is given {group.Count()} times"));

    private static bool IsTopic(string? topic) => !string.IsNullOrWhiteSpace(topic) && topic.AsSpan().IndexOfAny("+#") < 0;
}

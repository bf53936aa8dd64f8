using System.Reactive.Linq;
using AirIsland.Edge.Metering;
using AirIsland.Fieldbus.Profiles;
using AirIsland.Quantities;

namespace AirIsland.Edge.Tests.Pipeline;

/// <summary>One level and one register of a meter, what is read of them, and what operators make of it.</summary>
internal sealed class Readings
{
    public const QualityReason Good = QualityReason.None;

    private readonly TagTable _table;

    public Readings(ChangeRules? change = null, decimal? modulus = 10_000m)
    {
        var level = Site.Level("GaugePressure", 0, 0m, 1.6m);
        var register = Site.Register("Volume", 10, modulus);
        if (change is not null)
        {
            level = level with { Change = change };
            register = register with { Change = new() { MaxRate = change.MaxRate } };
        }
        _table = Site.Tags(Tags, (Site.Device("meter"), Site.Modbus(TimeSpan.FromSeconds(1), level, register)));
    }

    public TagRegistry Tags { get; } = new();

    /// <summary>Levels read at those seconds; null is Bad.</summary>
    public List<(double At, long? Count, QualityReason Reason)> Levels(
        Func<IObservable<Scan>, IObservable<Scan>> operators, params (double At, long? Count)[] read) =>
        Run(operators, "GaugePressure", ScanContent.Levels, read);

    public List<(double At, long? Count, QualityReason Reason)> Registers(
        Func<IObservable<Scan>, IObservable<Scan>> operators, params (double At, long? Count)[] read) =>
        Run(operators, "Volume", ScanContent.Registers, read);

    private List<(double At, long? Count, QualityReason Reason)> Run(
        Func<IObservable<Scan>, IObservable<Scan>> operators, string point, ScanContent content, (double At, long? Count)[] read)
    {
        var slot = Tags.SlotsOf([_table.Tags.Single(t => t.Id == $"test/meter/{point}")])[0];
        var scans = read.Select(r => new Scan(
            "meter/group", (long)(r.At * 1000), content,
            [r.Count is { } c ? new Reading(slot, c, Quality.Good) : Reading.Bad(slot, QualityReason.Communication)]));
        return
        [
            .. operators(scans.ToObservable()).ToEnumerable()
                .SelectMany(s => s.Readings.Select(r => (s.Instant / 1000.0, r.Count, r.Quality.Reason))),
        ];
    }
}

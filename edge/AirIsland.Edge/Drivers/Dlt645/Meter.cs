using System.Net.Sockets;
using AirIsland.Edge.Metering;
using AirIsland.Fieldbus.Dlt645;
using AirIsland.Quantities;

namespace AirIsland.Edge.Drivers.Dlt645;

/// <summary>
/// One meter on its line, and whether it answers. The one place where failures of DL/T 645 are caught: a meter that is silent rests as a
/// whole, an item that it refuses rests alone.
/// </summary>
internal sealed partial class Meter
{
    private readonly MeterLine _line;
    private readonly Dlt645DriverOptions _options;
    private readonly Dlt645Report _report;
    private readonly Backoff _link;
    private readonly MeterAddress _address;

    public Meter(BoundDevice bound, MeterLine line, Dlt645DriverOptions options, Dlt645Report report)
    {
        Bound = bound;
        _line = line;
        _options = options;
        _report = report;
        Gauge = report.Health.Add(bound.Options.Id);
        _address = MeterAddress.Parse(bound.Options.Address ?? "");
        // A late answer has the address and identifier of the next one: the meter rests until none can come any more.
        var shortest = line.LateAnswer > options.ShortestRest ? line.LateAnswer : options.ShortestRest;
        _link = new(shortest, shortest > options.LongestRest ? shortest : options.LongestRest);
    }

    public BoundDevice Bound { get; }

    public DeviceGauge Gauge { get; }

    public Backoff NewBackoff() => new(_options.ShortestRest, _options.LongestRest);

    /// <summary>
    /// Reads an item into <paramref name="readings"/>: values, or one Bad reading a tag when that fails. What rests is not asked; its tags
    /// are told Bad once.
    /// </summary>
    public Task ReadAsync(AskedItem asked, List<Reading> readings) => _line.InTurnAsync(() => ReadInTurnAsync(asked, readings));

    private async Task ReadInTurnAsync(AskedItem asked, List<Reading> readings)
    {
        var isLeft = _line.Link.IsResting || _link.IsResting;
        if (isLeft) Gauge.Became(DeviceState.Resting);
        if (isLeft || asked.Refusal.IsResting)
        {
            if (!asked.IsTold) asked.AddBad(readings, QualityReason.Communication);
            return;
        }
        if (_line.Link.IsFailing || _link.IsFailing) Gauge.Became(DeviceState.Probing);
        var (strays, began) = (_line.Counts.StrayFrames, Gauge.Ask());
        try
        {
            var answer = await _line.ReadAsync(_address, asked.Item);
            Gauge.Answered(began);
            asked.AddValues(readings, answer);
            Answered(asked, asked.Refusal.Recover());
        }
        catch (Exception e) when (e is DltException or InvalidDataException)
        {
            // It answered, so the link works: that it has no such item, or has it in another format, is a mistake of the map.
            Gauge.Answered(began);
            Gauge.Failed();
            Answered(asked, isNews: false);
            Fail(asked, asked.Refusal, readings, QualityReason.Configuration, e.Message);
        }
        catch (TimeoutException e)
        {
            // The line took the request.
            _line.Link.Recover();
            Gauge.TimedOut();
            Gauge.Became(DeviceState.Resting);
            Fail(asked, _link, readings, QualityReason.Communication, e.Message);
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            Gauge.Failed();
            Gauge.Became(DeviceState.Resting);
            Fail(asked, _line.Link, readings, QualityReason.Communication, e.Message);
        }
        finally
        {
            Gauge.Strayed(_line.Counts.StrayFrames - strays);
        }
    }

    /// <summary>Site time was set back so far that the group's grid begins anew.</summary>
    public void ReportSetBack(string group, TimeSpan behind) => LogSetBack(_report.Logger, Bound.Options.Id, group, behind.TotalSeconds);

    /// <summary>Polls were left out because they would have been late.</summary>
    public void Skipped(long polls)
    {
        if (polls <= 0) return;
        _report.Status.Skipped(polls);
        Gauge.Skipped(polls);
    }

    private void Answered(AskedItem asked, bool isNews)
    {
        Gauge.Became(DeviceState.Working);
        if (_line.Link.Recover() | _link.Recover() | isNews) LogAnswers(_report.Logger, Bound.Options.Id, asked.Item.Identifier);
    }

    private void Fail(AskedItem asked, Backoff backoff, List<Reading> readings, QualityReason reason, string failure)
    {
        _report.Status.Failed();
        asked.AddBad(readings, reason);
        var (device, endpoint, identifier) = (Bound.Options.Id, _line.Options.Id, asked.Item.Identifier);
        if (backoff.Fail(failure)) LogFailed(_report.Logger, device, endpoint, _address, identifier, failure, reason);
    }
}

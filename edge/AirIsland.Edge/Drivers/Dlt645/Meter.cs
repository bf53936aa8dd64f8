using System.Net.Sockets;
using AirIsland.Edge.Metering;
using AirIsland.Fieldbus.Dlt645;
using AirIsland.Quantities;
using Microsoft.Extensions.Logging;

namespace AirIsland.Edge.Drivers.Dlt645;

/// <summary>
/// One meter on its line, and whether it answers. The one place where failures of DL/T 645 are caught: a meter that is silent rests as a
/// whole, an item that it refuses rests alone.
/// </summary>
internal sealed partial class Meter
{
    private readonly MeterLine _line;
    private readonly Dlt645DriverOptions _options;
    private readonly EdgeStatus _status;
    private readonly ILogger _logger;
    private readonly Backoff _link;
    private readonly MeterAddress _address;

    public Meter(BoundDevice bound, MeterLine line, Dlt645DriverOptions options, EdgeStatus status, ILogger logger)
    {
        Bound = bound;
        _line = line;
        _options = options;
        _status = status;
        _logger = logger;
        _address = MeterAddress.Parse(bound.Options.Address ?? "");
        // A late answer has the address and identifier of the next one: the meter rests until none can come any more.
        var shortest = line.LateAnswer > options.ShortestRest ? line.LateAnswer : options.ShortestRest;
        _link = new(shortest, shortest > options.LongestRest ? shortest : options.LongestRest);
    }

    public BoundDevice Bound { get; }

    public Backoff NewBackoff() => new(_options.ShortestRest, _options.LongestRest);

    /// <summary>
    /// Reads an item into <paramref name="readings"/>: values, or one Bad reading a tag when that fails. What rests is not asked; its tags
    /// are told Bad once.
    /// </summary>
    public Task ReadAsync(AskedItem asked, List<Reading> readings) => _line.InTurnAsync(() => ReadInTurnAsync(asked, readings));

    private async Task ReadInTurnAsync(AskedItem asked, List<Reading> readings)
    {
        if (_line.Link.IsResting || _link.IsResting || asked.Refusal.IsResting)
        {
            if (!asked.IsTold) asked.AddBad(readings, QualityReason.Communication);
            return;
        }
        try
        {
            asked.AddValues(readings, await _line.ReadAsync(_address, asked.Item));
            Answered(asked, asked.Refusal.Recover());
        }
        catch (Exception e) when (e is DltException or InvalidDataException)
        {
            // It answered, so the link works: that it has no such item, or has it in another format, is a mistake of the map.
            Answered(asked, isNews: false);
            Fail(asked, asked.Refusal, readings, QualityReason.Configuration, e.Message);
        }
        catch (TimeoutException e)
        {
            // The line took the request.
            _line.Link.Recover();
            Fail(asked, _link, readings, QualityReason.Communication, e.Message);
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            Fail(asked, _line.Link, readings, QualityReason.Communication, e.Message);
        }
    }

    /// <summary>Site time was set back so far that the group's grid begins anew.</summary>
    public void ReportSetBack(string group, TimeSpan behind) => LogSetBack(_logger, Bound.Options.Id, group, behind.TotalSeconds);

    private void Answered(AskedItem asked, bool isNews)
    {
        if (_line.Link.Recover() | _link.Recover() | isNews) LogAnswers(_logger, Bound.Options.Id, asked.Item.Identifier);
    }

    private void Fail(AskedItem asked, Backoff backoff, List<Reading> readings, QualityReason reason, string failure)
    {
        _status.Failed();
        asked.AddBad(readings, reason);
        var (device, endpoint, identifier) = (Bound.Options.Id, _line.Options.Id, asked.Item.Identifier);
        if (backoff.Fail(failure)) LogFailed(_logger, device, endpoint, _address, identifier, failure, reason);
    }
}

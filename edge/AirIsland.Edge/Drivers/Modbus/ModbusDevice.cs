using System.Net.Sockets;
using AirIsland.Edge.Metering;
using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Profiles;
using AirIsland.Quantities;
using Microsoft.Extensions.Logging;

namespace AirIsland.Edge.Drivers.Modbus;

/// <summary>
/// One device behind an endpoint, and whether it answers. The one place where Modbus failures are caught: a device that does not answer
/// rests as a whole, a block that the device refuses rests alone.
/// </summary>
internal sealed partial class ModbusDevice
{
    private readonly ModbusClient _client;
    private readonly ModbusDriverOptions _options;
    private readonly EdgeStatus _status;
    private readonly ILogger _logger;
    private readonly Backoff _link;

    public ModbusDevice(BoundDevice bound, ModbusClient client, ModbusDriverOptions options, EdgeStatus status, ILogger logger)
    {
        Bound = bound;
        _client = client;
        _options = options;
        _status = status;
        _logger = logger;
        _link = NewBackoff();
    }

    public BoundDevice Bound { get; }

    /// <summary>It did not answer lately and is left alone for a while.</summary>
    public bool IsResting => _link.IsResting;

    public Backoff NewBackoff() => new(_options.ShortestRest, _options.LongestRest);

    /// <summary>
    /// Reads a block into <paramref name="readings"/>: values, or one Bad reading a tag when that fails. A resting device is not asked;
    /// its tags are told Bad once.
    /// </summary>
    public async Task ReadAsync(PolledBlock block, List<Reading> readings)
    {
        if (IsResting || block.Refusal.IsResting)
        {
            if (!block.IsTold) block.AddBad(readings, QualityReason.Communication);
            return;
        }
        var unit = (byte)Bound.Options.Unit;
        try
        {
            block.AddValues(readings, await ReadAsync(block.Block, unit));
            if (_link.Recover() | block.Refusal.Recover()) LogRecovered(_logger, Bound.Options.Id, block.Name);
        }
        catch (ModbusException e) when (!IsFromGateway(e.Code))
        {
            // It answered, so the link works.
            if (_link.Recover()) LogRecovered(_logger, Bound.Options.Id, block.Name);
            var reason = IsMapMistake(e.Code) ? QualityReason.Configuration : QualityReason.Communication;
            Fail(block, block.Refusal, readings, reason, $"exception {(int)e.Code} {e.Code}");
        }
        catch (Exception e) when (e is ModbusException or TimeoutException or SocketException or IOException)
        {
            Fail(block, _link, readings, QualityReason.Communication, e.Message);
        }
    }

    // A poll in flight is finished, never cut off: its own timeout bounds it.
    private async Task<ushort[]> ReadAsync(ReadBlock block, byte unit)
    {
        var (table, address, count, _) = block;
        return table is RegisterTable.Coil or RegisterTable.DiscreteInput
            ? PointCodec.ToRegisters(await _client.ReadBitsAsync(table, unit, address, count, CancellationToken.None))
            : await _client.ReadAsync(table, unit, address, count, CancellationToken.None);
    }

    /// <summary>Site time was set back so far that the group's grid begins anew.</summary>
    public void ReportSetBack(string group, TimeSpan behind) => LogSetBack(_logger, Bound.Options.Id, group, behind.TotalSeconds);

    private static bool IsFromGateway(ModbusExceptionCode code) =>
        code is ModbusExceptionCode.GatewayPathUnavailable or ModbusExceptionCode.GatewayTargetFailed;

    private static bool IsMapMistake(ModbusExceptionCode code) =>
        code is ModbusExceptionCode.IllegalFunction or ModbusExceptionCode.IllegalDataAddress or ModbusExceptionCode.IllegalDataValue;

    private void Fail(PolledBlock block, Backoff backoff, List<Reading> readings, QualityReason reason, string message)
    {
        _status.Failed();
        block.AddBad(readings, reason);
        var (id, endpoint, unit) = (Bound.Options.Id, Bound.Options.Endpoint, Bound.Options.Unit);
        if (backoff.Fail(message)) LogFailed(_logger, id, endpoint, unit, block.Name, message, reason);
    }
}

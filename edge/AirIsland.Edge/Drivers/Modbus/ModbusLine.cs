using System.Net.Sockets;
using AirIsland.Edge.Metering;
using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Edge.Drivers.Modbus;

/// <summary>One line: its connection, and one request after the other on it, those of all its devices in turn.</summary>
/// <remarks>The one place where failures of the outside world are caught: none is an exception beyond it.</remarks>
internal sealed class ModbusLine : IAsyncDisposable
{
    private readonly EndpointOptions _endpoint;
    private readonly ModbusClient _client;
    private readonly LineSchedule _schedule;
    private readonly Alarm _alarm;
    private readonly Backoff _link;
    private readonly TimeProvider _real;
    private readonly Func<Scan, ValueTask> _handOut;
    private readonly SemaphoreSlim _opening = new(1);
    private readonly Lock _gate = new();
    private Task _running = Task.CompletedTask;
    private bool _isStopping;
    private int _inFlight;
    private int _known;
    private long _asked;
    private long _strays;

    /// <param name="endpoint">Where it is and how it wants to be treated.</param>
    /// <param name="client">Of that endpoint; the line owns it.</param>
    /// <param name="options">What the endpoint leaves open.</param>
    /// <param name="clocks">Of the site, and real time.</param>
    /// <param name="handOut">Takes the scans. Waits as long as there is no room.</param>
    public ModbusLine(
        EndpointOptions endpoint,
        ModbusClient client,
        ModbusDriverOptions options,
        (TimeProvider Site, TimeProvider Real) clocks,
        Func<Scan, ValueTask> handOut)
    {
        (_endpoint, _client, _handOut, _real) = (endpoint, client, handOut, clocks.Real);
        (_schedule, _alarm) = (new(clocks.Site, clocks.Real), new(clocks.Site, clocks.Real));
        _link = endpoint.NewRest(options.ShortestRest, options.LongestRest);
        Timeout = endpoint.Timeout ?? options.Timeout;
        LateAnswer = endpoint.EffectiveFraming == LineFraming.Rtu ? endpoint.LateAnswer ?? Timeout : TimeSpan.Zero;
    }

    /// <summary>How long a device that works may take to answer.</summary>
    public TimeSpan Timeout { get; }

    /// <summary>How long behind a timeout the answer may still come and pass for the next one; zero where answers carry a number.</summary>
    public TimeSpan LateAnswer { get; }

    /// <summary>It could not be had lately, and is left alone for a while, with all its devices.</summary>
    public bool IsResting => _link.IsResting;

    /// <summary>Whether a unit that is slow is at the expense of others.</summary>
    public bool IsShared => Volatile.Read(ref _known) > 1;

    /// <summary>Begins to ask. A fault that is not the outside world's ends the task with it.</summary>
    public Task Begin() => _running = Task.Run(RunAsync);

    public void Add(ModbusDevice device)
    {
        lock (_gate)
        {
            _schedule.Add(device);
            _known = _schedule.Devices.Count;
        }
        _alarm.Ring();
    }

    /// <summary>Completes when the device is asked no more and what it read is handed out. The others notice nothing.</summary>
    public async Task RemoveAsync(ModbusDevice device)
    {
        lock (_gate) device.IsLeaving = true;
        _alarm.Ring();
        await Task.WhenAny(device.Left, _running);
    }

    /// <summary>Ends after the requests in flight; what was read is handed out.</summary>
    public async Task StopAsync()
    {
        lock (_gate)
        {
            _isStopping = true;
            foreach (var device in _schedule.Devices) device.IsLeaving = true;
        }
        _alarm.Ring();
        // A fault was told to whoever began it.
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        _alarm.Dispose();
        _opening.Dispose();
    }

    /// <summary>Asks a device for a block.</summary>
    public async Task<Answer> AskAsync(ModbusDevice device, ReadBlock block)
    {
        if (await OpenAsync(device) is { } failed) return failed;
        var asked = device.Gauge.Ask();
        try
        {
            var registers = await ReadAsync(block, device.Unit, device.Patience(Timeout));
            device.Gauge.Answered(asked);
            return Answer.Granted(registers);
        }
        catch (ModbusException e)
        {
            var kind = KindOf(e.Code);
            if (kind == AnswerKind.Silent) device.Gauge.Failed();
            else device.Gauge.Answered(asked);
            return Answer.Not(kind, $"exception {(int)e.Code} {e.Code}");
        }
        catch (TimeoutException e)
        {
            device.Gauge.TimedOut();
            return Answer.Not(AnswerKind.Silent, e.Message);
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            device.Gauge.Failed();
            return Answer.Not(AnswerKind.Lost, e.Message);
        }
        finally
        {
            var strays = _client.StrayFrames;
            device.Gauge.Strayed(strays - Interlocked.Exchange(ref _strays, strays));
        }
    }

    private static AnswerKind KindOf(ModbusExceptionCode code) => code switch
    {
        ModbusExceptionCode.IllegalFunction => AnswerKind.Unsupported,
        ModbusExceptionCode.IllegalDataAddress or ModbusExceptionCode.IllegalDataValue => AnswerKind.Refused,
        ModbusExceptionCode.Acknowledge or ModbusExceptionCode.ServerDeviceBusy => AnswerKind.Busy,
        ModbusExceptionCode.GatewayPathUnavailable or ModbusExceptionCode.GatewayTargetFailed => AnswerKind.Silent,
        _ => AnswerKind.Trouble,
    };

    /// <summary>Null when the line is open. Those who ask at once wait for one try and take what came of it.</summary>
    private async Task<Answer?> OpenAsync(ModbusDevice device)
    {
        if (_client.IsOpen) return null;
        await _opening.WaitAsync();
        try
        {
            if (_link.IsResting) return Answer.Not(AnswerKind.Resting, "the line rests");
            await _client.OpenAsync(CancellationToken.None);
            _link.Recover();
            return null;
        }
        catch (Exception e) when (e is TimeoutException or SocketException or IOException)
        {
            device.Gauge.Failed();
            _link.Fail(e.Message);
            return Answer.Not(AnswerKind.NoLine, e.Message);
        }
        finally
        {
            _opening.Release();
        }
    }

    // A request in flight is finished, never cut off: its own timeout bounds it.
    private async Task<ushort[]> ReadAsync(ReadBlock block, byte unit, TimeSpan patience)
    {
        var (table, address, count, _) = block;
        return table is RegisterTable.Coil or RegisterTable.DiscreteInput
            ? PointCodec.ToRegisters(await _client.ReadBitsAsync(table, unit, address, count, patience, CancellationToken.None))
            : await _client.ReadAsync(table, unit, address, count, patience, CancellationToken.None);
    }

    private async Task RunAsync()
    {
        List<Task> steps = [];
        while (true)
        {
            await ReleaseAsync();
            if (Take() is { } turn)
            {
                var step = StepAsync(turn);
                if (_endpoint.MaxInFlight == 1) await step;
                else steps.Add(step);
                continue;
            }
            if (Volatile.Read(ref _isStopping))
            {
                // Whose request was in flight a moment ago, or who began to leave since, has still to be let go.
                await Task.WhenAll(steps);
                steps.Clear();
                if (Volatile.Read(ref _known) == 0) return;
                await Task.Delay(1);
                continue;
            }
            foreach (var step in steps.Where(s => s.IsCompleted)) await step;
            steps.RemoveAll(s => s.IsCompleted);
            await IdleAsync();
        }
    }

    private Turn? Take()
    {
        lock (_gate)
        {
            if (_inFlight >= _endpoint.MaxInFlight || _schedule.Take() is not { } turn) return null;
            _inFlight++;
            return turn;
        }
    }

    private async Task StepAsync(Turn turn)
    {
        try
        {
            if (await turn.Group.StepAsync() is { } scan) await _handOut(scan);
        }
        finally
        {
            Volatile.Write(ref _asked, _real.GetTimestamp());
            lock (_gate)
            {
                _inFlight--;
                _schedule.Return(turn.Device);
            }
            if (_endpoint.MaxInFlight > 1) _alarm.Ring();
        }
    }

    private async Task IdleAsync()
    {
        var (site, pause) = (_schedule.UntilSlot, _schedule.UntilPauseEnds);
        if (_endpoint.Connection != ConnectionMode.Persistent && _inFlight == 0 && _client.IsOpen)
        {
            var left = _endpoint.Connection == ConnectionMode.PerCycle
                ? TimeSpan.Zero
                : _endpoint.IdleAfter - _real.GetElapsedTime(Volatile.Read(ref _asked));
            if (left <= TimeSpan.Zero) await _client.HangUpAsync(CancellationToken.None);
            else if (pause == System.Threading.Timeout.InfiniteTimeSpan || left < pause) pause = left;
        }
        await _alarm.WaitAsync(site, pause);
    }

    /// <summary>Lets the devices go that shall leave and are not being asked.</summary>
    private async Task ReleaseAsync()
    {
        ModbusDevice[] leaving;
        lock (_gate) leaving = [.. _schedule.Devices.Where(d => d is { IsLeaving: true, IsBusy: false })];
        foreach (var device in leaving)
        {
            foreach (var group in device.Groups)
            {
                if (group.End() is { } scan) await _handOut(scan);
            }
            lock (_gate)
            {
                _schedule.Remove(device);
                _known = _schedule.Devices.Count;
            }
            device.Leave();
        }
    }
}

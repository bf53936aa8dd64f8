using AirIsland.Fieldbus.Lines;
using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Fieldbus.Modbus;

/// <summary>
/// A Modbus master for one line: opens it when first asked, keeps it, and has one request in flight (or
/// <see cref="ModbusClientOptions.MaxInFlight"/>), so that all units of a gateway or bus can share it. Every answer is matched to its
/// request; after a timeout or an unclear end the line is opened anew or, where that is no remedy, drained to silence, because a late
/// answer must never be taken for the next one. Safe to be called from many tasks.
/// </summary>
/// <remarks>
/// Calls throw <see cref="ModbusException"/> when the device refuses, <see cref="TimeoutException"/> when it is silent,
/// <see cref="System.Net.Sockets.SocketException"/> or <see cref="IOException"/> when the line fails, and
/// <see cref="InvalidOperationException"/> for a writing function when the options do not say <see cref="ModbusClientOptions.Writable"/>:
/// nothing was sent then.
/// </remarks>
public sealed partial class ModbusClient(ILineEndpoint endpoint, ModbusFraming framing, ModbusClientOptions options) : IAsyncDisposable
{
    // No device has more: object numbers are bytes, and every answer must bring one on.
    private const int MaxIdentityAnswers = 256;

    /// <summary>A client of a Modbus TCP device or gateway.</summary>
    public ModbusClient(string host, int port, ModbusClientOptions options)
        : this(new TcpEndpoint(host, port), ModbusFraming.Tcp, options)
    {
    }

    /// <summary>Requests sent, answered or not.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>Whether there is a line that the other end has not closed.</summary>
    public bool IsOpen => Volatile.Read(ref _connection) is { IsOpen: true };

    public long Timeouts => Interlocked.Read(ref _timeouts);

    /// <summary>Frames, or with RTU framing bursts of bytes, that answered no request in flight, and were dropped.</summary>
    public long StrayFrames => Interlocked.Read(ref _strayFrames);

    /// <summary>Opens the line unless it is open: whether it can be had, before anyone is asked on it.</summary>
    public async Task OpenAsync(CancellationToken ct)
    {
        if (IsOpen)
            return;
        await _turns.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            await ConnectAsync(ct).ConfigureAwait(false);
        }
        finally
        {
            _turns.Release();
        }
    }

    /// <summary>Reads 1 to 125 registers with function 3 (holding) or 4 (input).</summary>
    public Task<ushort[]> ReadAsync(RegisterTable table, byte unit, ushort address, int count, CancellationToken ct) =>
        ReadAsync(table, unit, address, count, options.Timeout, ct);

    /// <summary>The same with another <paramref name="timeout"/> than that of the options.</summary>
    public Task<ushort[]> ReadAsync(RegisterTable table, byte unit, ushort address, int count, TimeSpan timeout, CancellationToken ct) =>
        RunAsync(ModbusRequest.Read(table, unit, address, count), RegistersOf, timeout, ct);

    /// <summary>Reads 1 to 2000 bits with function 1 (coils) or 2 (discrete inputs).</summary>
    public Task<bool[]> ReadBitsAsync(RegisterTable table, byte unit, ushort address, int count, CancellationToken ct) =>
        ReadBitsAsync(table, unit, address, count, options.Timeout, ct);

    /// <summary>The same with another <paramref name="timeout"/> than that of the options.</summary>
    public Task<bool[]> ReadBitsAsync(
        RegisterTable table, byte unit, ushort address, int count, TimeSpan timeout, CancellationToken ct) =>
        RunAsync(ModbusRequest.ReadBits(table, unit, address, count), pdu => ModbusData.ReadBits(pdu[2..], count), timeout, ct);

    /// <summary>Writes one register with function 6 or up to 123 with function 16.</summary>
    public Task WriteAsync(byte unit, ushort address, ushort[] values, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(values);
        return RunAsync(ModbusRequest.Write(unit, address, values), Done, ct);
    }

    /// <summary>Writes one coil with function 5 or up to 1968 with function 15.</summary>
    public Task WriteBitsAsync(byte unit, ushort address, bool[] values, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(values);
        return RunAsync(ModbusRequest.WriteBits(unit, address, values), Done, ct);
    }

    /// <summary>
    /// Changes bits of one holding register with function 22: it becomes (old and <paramref name="and"/>) or (<paramref name="or"/> and
    /// not <paramref name="and"/>).
    /// </summary>
    public Task MaskWriteAsync(byte unit, ushort address, ushort and, ushort or, CancellationToken ct) =>
        RunAsync(ModbusRequest.MaskWrite(unit, address, and, or), Done, ct);

    /// <summary>Writes up to 121 registers, then reads up to 125, with function 23.</summary>
    public Task<ushort[]> ReadWriteAsync(
        byte unit, ushort readAddress, int count, ushort writeAddress, ushort[] values, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(values);
        return RunAsync(ModbusRequest.ReadWrite(unit, readAddress, count, writeAddress, values), RegistersOf, ct);
    }

    /// <summary>Asks a device who it is with function 43/14, with as many requests as its answer needs.</summary>
    public async Task<ModbusIdentity> IdentifyAsync(byte unit, ModbusIdentityLevel level, CancellationToken ct)
    {
        var objects = new SortedDictionary<byte, string>();
        byte? next = 0;
        for (var answers = 0; next is { } first && answers < MaxIdentityAnswers; answers++)
            next = await RunAsync(ModbusRequest.Identify(unit, level, first), pdu => IdentityAnswer.Collect(pdu, objects), ct)
                .ConfigureAwait(false);
        return new ModbusIdentity(objects);
    }

    /// <summary>Closes the line after the requests in flight, for devices that have one session to give; the next call opens it.</summary>
    public async Task HangUpAsync(CancellationToken ct)
    {
        var taken = 0;
        try
        {
            for (; taken < InFlight; taken++)
                await _turns.WaitAsync(ct).ConfigureAwait(false);
            Close(_connection);
        }
        finally
        {
            if (taken > 0)
                _turns.Release(taken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        await HangUpAsync(CancellationToken.None).ConfigureAwait(false);
    }

    private static ushort[] RegistersOf(ReadOnlySpan<byte> pdu) => ModbusData.ReadRegisters(pdu[2..]);

    private static bool Done(ReadOnlySpan<byte> pdu) => true;
}

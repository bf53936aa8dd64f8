using System.Net.Sockets;
using AirIsland.Fieldbus.Lines;

namespace AirIsland.Fieldbus.Modbus;

/// <summary>One line of a server: its requests are answered in their order until the other end leaves.</summary>
internal sealed class ModbusSession(IByteLine line, IModbusCalls calls, IModbusUnits units, IModbusLine? carrier, TimeSpan turnaround)
    : IModbusPeer
{
    private readonly ModbusAnswers _answers = new(units);

    public bool IsGone => !line.IsOpen;

    /// <summary>True when the session ended because the server would have it so, and the line is still there.</summary>
    public async Task<bool> RunAsync(CancellationToken ct)
    {
        try
        {
            while (await calls.NextAsync(ct).ConfigureAwait(false) is { } call)
            {
                if (!await AnswerAsync(call, ct).ConfigureAwait(false))
                    return true;
            }
        }
        catch (OperationCanceledException)
        {
            // The server closes.
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            // The client is gone, which is its right.
        }

        return false;
    }

    public Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct) => line.SendAsync(bytes, ct).AsTask();

    public void Reset() => (line as TcpLine)?.Reset();

    /// <summary>False closes the connection: the carrier will have it so, or the request was malformed.</summary>
    private async Task<bool> AnswerAsync(ModbusCall call, CancellationToken ct)
    {
        if (!units.Serves(call.Unit))
            return true;
        if (_answers.To(call.Unit, call.Pdu.Span) is not { } answer)
            return call.Framing == ModbusFraming.Rtu;
        if (turnaround > TimeSpan.Zero)
            await Task.Delay(turnaround, ct).ConfigureAwait(false);
        var exchange = new ModbusExchange(call, answer);
        if (carrier is not null)
            return await carrier.CarryAsync(exchange, this, ct).ConfigureAwait(false);
        await line.SendAsync(exchange.Answer, ct).ConfigureAwait(false);
        return true;
    }
}

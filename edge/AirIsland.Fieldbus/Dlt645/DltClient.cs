using System.Net.Sockets;
using AirIsland.Fieldbus.Lines;

namespace AirIsland.Fieldbus.Dlt645;

/// <summary>
/// The master of one line of meters, of either edition: opens the line when first asked, keeps it, and has one request under way. Every
/// answer is matched to its request; after a request without answer the line is drained to silence, because a late answer must never be
/// taken for the next one. It does not try again; that is its caller's to decide. Safe to be called from many tasks.
/// </summary>
/// <remarks>
/// Calls throw <see cref="DltException"/> when the meter refuses, <see cref="TimeoutException"/> when it is silent, its kind
/// <see cref="DltGarbledException"/> when only damaged bytes came, <see cref="InvalidDataException"/> when it answers in another format
/// than the standard's, <see cref="SocketException"/> or <see cref="IOException"/> when the line fails or does not open.
/// </remarks>
/// <param name="open">Opens the line: <see cref="DltLines.Over"/> an endpoint, or any stream.</param>
/// <param name="options">Times and habits.</param>
public sealed class DltClient(Func<CancellationToken, Task<Stream>> open, DltClientOptions options) : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly CancellationTokenSource _closing = new();
    private DltLine? _line;
    private Task _rest = Task.CompletedTask;
    private bool _unsettled;
    private int _silentInARow;
    private long _turns;
    private long _requests;
    private long _timeouts;
    private long _strayFrames;
    private long _droppedBytes;

    /// <summary>Whether a line is held, which its other end may have closed meanwhile.</summary>
    public bool IsOpen => Volatile.Read(ref _line) is not null;

    /// <summary>Requests sent, answered or not.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    public long Timeouts => Interlocked.Read(ref _timeouts);

    /// <summary>Frames that answered no request under way, and were dropped.</summary>
    public long StrayFrames => Interlocked.Read(ref _strayFrames);

    /// <summary>Bytes that belonged to no frame.</summary>
    public long DroppedBytes => Interlocked.Read(ref _droppedBytes);

    /// <summary>Reads one item, following frames included.</summary>
    /// <param name="meter">May be a mask where it covers one meter of the line only.</param>
    /// <param name="item">Of the edition that the meter speaks.</param>
    /// <param name="ct">Ends the wait.</param>
    public Task<DltReading> ReadAsync(MeterAddress meter, DltItem item, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(item);
        return InTurnAsync(t => ReadWholeAsync(meter, item, t), ct);
    }

    /// <summary>The address of the only meter of a line. Edition 2007; older meters are found by <see cref="SearchAsync"/>.</summary>
    public Task<MeterAddress> ReadAddressAsync(CancellationToken ct) => InTurnAsync(
        async t =>
        {
            var request = DltRequest.ReadAddress();
            var answer = await ExchangeAsync(request, t).ConfigureAwait(false);
            var address = answer.IsRefusal ? answer.Address : MeterAddress.Read(request.Payload(answer).Span);
            return address.IsExact ? address : throw new InvalidDataException($"A meter told {address} for its address");
        },
        ct);

    /// <summary>
    /// The addresses of all meters of a line, as far as they can be told apart: when several answer at once and destroy each other's
    /// answers, they are asked again by their lowest digits, and so on. Read-only; takes <see cref="DltClientOptions.SearchWait"/> for
    /// each question, and a hundred questions for each pair of digits that collides.
    /// </summary>
    public Task<IReadOnlyList<MeterAddress>> SearchAsync(DltEdition edition, CancellationToken ct) =>
        DltSearch.RunAsync((mask, t) => InTurnAsync(u => ListenAsync(mask, edition, u), t), ct);

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        await _turn.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        await CloseAsync().ConfigureAwait(false);
        _turn.Release();
    }

    private async Task<T> InTurnAsync<T>(Func<CancellationToken, Task<T>> action, CancellationToken ct)
    {
        var number = Interlocked.Increment(ref _turns);
        await _turn.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, _closing.Token);
            await _rest.WaitAsync(either.Token).ConfigureAwait(false);
            either.Token.ThrowIfCancellationRequested();
            return await action(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            throw new ObjectDisposedException(nameof(DltClient));
        }
        catch (Exception e) when (e is not (DltException or TimeoutException or InvalidDataException or OperationCanceledException))
        {
            // Whatever kind of stream it is: what failed once is opened anew.
            await CloseAsync().ConfigureAwait(false);
            throw;
        }
        finally
        {
            _rest = Rest.ForAsync(options.Pause, CancellationToken.None);
            _turn.Release();
            if (options.CloseAfter is { } idle)
                _ = CloseUnusedAsync(number, idle);
        }
    }

    /// <summary>Closes the line when nobody has asked for a turn since that one.</summary>
    private async Task CloseUnusedAsync(long number, TimeSpan idle)
    {
        await Task.Delay(idle, _closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_closing.IsCancellationRequested || Interlocked.Read(ref _turns) != number || !_turn.Wait(0, CancellationToken.None))
            return;
        if (Interlocked.Read(ref _turns) == number)
            await CloseAsync().ConfigureAwait(false);
        _turn.Release();
    }

    private async Task<DltReading> ReadWholeAsync(MeterAddress meter, DltItem item, CancellationToken ct)
    {
        var request = DltRequest.Read(meter, item.Identifier);
        var answer = await ExchangeAsync(request, ct).ConfigureAwait(false);
        var data = new List<byte>();
        for (var number = 1; ; number++)
        {
            if (answer.IsRefusal)
                throw new DltException(answer.Address, item.Identifier, (DltRefusal)answer.Data.Span[0]);
            data.AddRange(request.Payload(answer).Span);
            if (!answer.HasMore)
                break;
            if (number >= Math.Min(options.MaxFrames, byte.MaxValue))
                throw new InvalidDataException($"Meter {answer.Address} does not end its answer to {item.Identifier}");
            await Rest.ForAsync(options.Pause, ct).ConfigureAwait(false);
            request = DltRequest.ReadNext(answer.Address, item.Identifier, (byte)number);
            answer = await ExchangeAsync(request, ct).ConfigureAwait(false);
        }

        return item.Decode(data.ToArray()) is { } values
            ? new DltReading(answer.Address, item, values)
            : throw new InvalidDataException($"Meter {answer.Address} answered {item.Identifier} with {data.Count} bytes");
    }

    private async Task<DltFrame> ExchangeAsync(DltRequest request, CancellationToken ct)
    {
        try
        {
            await SendAsync(request, ct).ConfigureAwait(false);
            var answer = await AnswerAsync(request, ct).ConfigureAwait(false);
            (_unsettled, _silentInARow) = (false, 0);
            return answer;
        }
        catch (TimeoutException)
        {
            if (++_silentInARow >= options.TimeoutsToReopen)
                await CloseAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task SendAsync(DltRequest request, CancellationToken ct)
    {
        var line = await SettledLineAsync(ct).ConfigureAwait(false);
        _unsettled = true;
        Interlocked.Increment(ref _requests);
        var isSent = false;
        try
        {
            await line.SendAsync(request.Encode(options.Preamble), options.Timeout, ct).ConfigureAwait(false);
            isSent = true;
        }
        catch (TimeoutException)
        {
            Interlocked.Increment(ref _timeouts);
            throw new TimeoutException($"The line did not take a request within {options.Timeout.TotalMilliseconds} ms");
        }
        finally
        {
            // What is written by halves, or still being written, must not meet the next request.
            if (!isSent)
                await CloseAsync().ConfigureAwait(false);
        }
    }

    private async Task<DltFrame> AnswerAsync(DltRequest request, CancellationToken ct)
    {
        var before = DroppedBytes;
        var found = await ListenAsync(options.Timeout, request.IsAnsweredBy, onlyFirst: true, ct).ConfigureAwait(false);
        if (found is [var answer])
            return answer;
        Interlocked.Increment(ref _timeouts);
        var message = $"{request} within {options.Timeout.TotalMilliseconds} ms";
        throw DroppedBytes > before ? new DltGarbledException($"{message}, but damaged bytes came") : new TimeoutException(message);
    }

    private async Task<DltHeard> ListenAsync(MeterAddress mask, DltEdition edition, CancellationToken ct)
    {
        var request = DltRequest.Read(mask, DltSearch.Probe(edition));
        await SendAsync(request, ct).ConfigureAwait(false);
        var before = DroppedBytes;
        var found = await ListenAsync(options.SearchWait, request.IsAnsweredBy, onlyFirst: false, ct).ConfigureAwait(false);
        return new DltHeard([.. found.Select(frame => frame.Address)], DroppedBytes > before || _line is { IsMidFrame: true });
    }

    /// <summary>The frames that come in that time and fit; all others are counted as strays.</summary>
    private async Task<List<DltFrame>> ListenAsync(TimeSpan within, Func<DltFrame, bool> fits, bool onlyFirst, CancellationToken ct)
    {
        var line = _line ?? throw new InvalidOperationException("The line is not open");
        var found = new List<DltFrame>();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct);
        deadline.CancelAfter(within);
        try
        {
            while (!onlyFirst || found.Count == 0)
            {
                foreach (var frame in await ReceiveAsync(line, deadline.Token).ConfigureAwait(false))
                {
                    if (fits(frame) && !(onlyFirst && found.Count > 0))
                        found.Add(frame);
                    else
                        Interlocked.Increment(ref _strayFrames);
                }
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // The time is over; what was found counts.
        }

        return found;
    }

    private async Task<IReadOnlyList<DltFrame>> ReceiveAsync(DltLine line, CancellationToken ct)
    {
        var before = line.DroppedBytes;
        var frames = await line.ReceiveAsync(ct).ConfigureAwait(false);
        Interlocked.Add(ref _droppedBytes, line.DroppedBytes - before);
        return frames;
    }

    /// <summary>The open line, without anything on it that came before the request.</summary>
    private async Task<DltLine> SettledLineAsync(CancellationToken ct)
    {
        if (_line is { } open && !await IsSettledAsync(open, ct).ConfigureAwait(false))
            await CloseAsync().ConfigureAwait(false);
        return _line ??= await OpenAsync(ct).ConfigureAwait(false);
    }

    /// <summary>False for a line that its other end has closed or reset, or that never falls silent.</summary>
    private async Task<bool> IsSettledAsync(DltLine line, CancellationToken ct)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct);
        deadline.CancelAfter(options.Timeout + options.Silence);
        var before = line.DroppedBytes;
        try
        {
            var strays = await line.DrainAsync(_unsettled ? options.Silence : TimeSpan.Zero, deadline.Token).ConfigureAwait(false);
            Interlocked.Add(ref _strayFrames, strays);
            Interlocked.Add(ref _droppedBytes, line.DroppedBytes - before);
            return true;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            return false;
        }
    }

    private async Task<DltLine> OpenAsync(CancellationToken ct)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct);
        deadline.CancelAfter(options.ConnectTimeout);
        try
        {
            var line = new DltLine(await open(deadline.Token).ConfigureAwait(false), options.ByteGap);
            await line.RestAsync(options.DelayAfterConnect, ct).ConfigureAwait(false);
            return line;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new IOException($"The line did not open within {options.ConnectTimeout.TotalMilliseconds} ms");
        }
    }

    private async ValueTask CloseAsync()
    {
        var line = _line;
        (_line, _unsettled, _silentInARow) = (null, false, 0);
        if (line is not null)
            await line.DisposeAsync().ConfigureAwait(false);
    }
}

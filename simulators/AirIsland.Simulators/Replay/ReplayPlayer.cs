using AirIsland.Simulators.Devices.Mqtt;
using AirIsland.Simulators.Replay.Tables;

namespace AirIsland.Simulators.Replay;

/// <summary>
/// Gives the rows of a file to the devices, each at its time. One that is late, because the machine or the broker was slow, is given at
/// once: every row reaches the devices, in order, at any speed. In memory are two rows and what the file's reader holds.
/// </summary>
/// <param name="plan">Which file, which devices.</param>
/// <param name="gate">Held while a row changes the devices.</param>
/// <param name="report">What was wrong in the file.</param>
/// <param name="time">The clock.</param>
public sealed class ReplayPlayer(ReplayPlan plan, Lock gate, InputReport report, TimeProvider time)
{
    // A timer cannot wait for months, and nobody must wait long for a stop.
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private readonly ReplaySchedule _schedule = new(plan.Description.Speed, plan.Begin);
    private readonly ReplaySpeaker _speaker = new(plan.Devices);
    private readonly DateTimeOffset _start = time.GetUtcNow();
    private readonly long _started = time.GetTimestamp();
    private long _given;

    /// <summary>Rows that the devices were given so far.</summary>
    public long Given => Interlocked.Read(ref _given);

    /// <summary>Plays the file to its end, or for ever when it loops.</summary>
    /// <param name="send">Where MQTT messages go.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ReplayException">The file is not what the description says.</exception>
    /// <exception cref="IOException">The file cannot be read, or has no usable row.</exception>
    public async Task PlayAsync(Func<MeterMessage, CancellationToken, ValueTask> send, CancellationToken cancellationToken)
    {
        do
        {
            var before = Given;
            await PassAsync(send, cancellationToken);
            if (Given == before)
                throw new IOException($"{plan.Description.File} has no usable row{(plan.Begin is null ? "" : " after begin")}");
            _schedule.Again();
        }
        while (plan.Description.End == ReplayEnd.Loop);
    }

    private async Task PassAsync(Func<MeterMessage, CancellationToken, ValueTask> send, CancellationToken ct)
    {
        await using var table = await TableFile.OpenAsync(plan.Description, plan.Columns, report.Row, ct);
        var reader = new RowReader(table, plan, report);
        while (await reader.NextAsync(ct) is { } row)
        {
            if (row.Instant < plan.Begin) continue;
            var position = _schedule.Position(row.Instant);
            await UntilAsync(_schedule.Due(position), ct);
            lock (gate)
                foreach (var device in plan.Devices) device.Take(row);
            Interlocked.Increment(ref _given);
            if (_speaker.IsSilent) continue;
            foreach (var message in _speaker.Speak(Stamp(row, position))) await send(message, ct);
        }
    }

    private DateTimeOffset Stamp(ReplayRow row, TimeSpan position) => plan.Description.Timestamps switch
    {
        ReplayStamp.Original => row.Instant,
        ReplayStamp.Now => time.GetUtcNow(),
        _ => _start + position,
    };

    private async Task UntilAsync(TimeSpan due, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        TimeSpan left;
        while ((left = due - time.GetElapsedTime(_started)) > TimeSpan.Zero)
        {
            // Rounded up to a timer's whole millisecond: a shorter wait would come back early, again and again.
            var wait = TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds));
            await Task.Delay(wait < LongestWait ? wait : LongestWait, time, ct);
        }
    }
}

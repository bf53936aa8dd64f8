using System.Reactive.Concurrency;
using System.Reactive.Disposables;

namespace AirIsland.Edge.Pipeline;

/// <summary>Rx on the process's clock: whatever a <see cref="TimeProvider"/> says, <c>Timer</c> and its kin follow.</summary>
public sealed class TimeProviderScheduler(TimeProvider time) : LocalScheduler
{
    public override DateTimeOffset Now => time.GetUtcNow();

    public override IDisposable Schedule<TState>(TState state, TimeSpan dueTime, Func<IScheduler, TState, IDisposable> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        var run = new SingleAssignmentDisposable();
        var due = Scheduler.Normalize(dueTime);
        var timer = time.CreateTimer(_ => run.Disposable = action(this, state), null, due, Timeout.InfiniteTimeSpan);
        return StableCompositeDisposable.Create(timer, run);
    }
}

namespace AirIsland.Edge.Outbox;

/// <summary>Any other change, whose durability somebody awaits.</summary>
internal sealed class ChangeWork(Func<OutboxContents, OutboxState, OutboxState> change) : Work
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Done => _done.Task;

    public override OutboxState Apply(OutboxContents contents, OutboxState state) => change(contents, state);

    public override void Committed() => _done.TrySetResult();

    public override void GivenUp() => _done.TrySetCanceled();
}

namespace AirIsland.Edge.Outbox;

/// <summary>One entry of the outbox's queue: a change of its state, and what follows when that is durable.</summary>
internal abstract class Work
{
    /// <summary>Runs inside a transaction, and again in the next one when that failed.</summary>
    public abstract OutboxState Apply(OutboxContents contents, OutboxState state);

    public abstract void Committed();

    /// <summary>The outbox closes without having committed it.</summary>
    public virtual void GivenUp()
    {
    }
}

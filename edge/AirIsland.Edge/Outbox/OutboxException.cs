namespace AirIsland.Edge.Outbox;

/// <summary>The outbox of a directory cannot be opened. The message is one line and names the directory.</summary>
public sealed class OutboxException : Exception
{
    /// <summary>It is in use, cannot be written, or is no database.</summary>
    public OutboxException(string directory, Exception cause)
        : base($"the outbox in {directory} cannot be opened: {cause?.Message.ReplaceLineEndings(" ")}", cause)
    {
    }

    /// <summary>It holds the batches of another edge, whose numbers and tags are not ours.</summary>
    public OutboxException(string directory, string edge, string owner)
        : base($"Edge:Id and Edge:Station are {edge}, but the outbox in {directory} belongs to {owner}") => IsForeign = true;

    /// <summary>It belongs to another edge: a mistake in the settings.</summary>
    public bool IsForeign { get; }
}

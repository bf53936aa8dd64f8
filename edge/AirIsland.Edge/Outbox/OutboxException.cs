namespace AirIsland.Edge.Outbox;

/// <summary>The outbox of a directory cannot be opened: in use, not writable, or no database. The message is one line and names it.</summary>
public sealed class OutboxException(string directory, Exception cause)
    : Exception($"the outbox in {directory} cannot be opened: {cause.Message.ReplaceLineEndings(" ")}", cause);

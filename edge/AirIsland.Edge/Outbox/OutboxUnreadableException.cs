namespace AirIsland.Edge.Outbox;

/// <summary>The disk did not give what the outbox keeps; the next try may get it. Nothing is lost.</summary>
internal sealed class OutboxUnreadableException(Exception cause) : Exception($"the outbox could not be read: {cause.Message}", cause);

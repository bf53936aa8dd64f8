namespace AirIsland.Edge.Health;

/// <summary>A port that the edge was told to serve on cannot be opened; the message names the setting and says why.</summary>
public sealed class EdgePortException(string message, Exception cause) : Exception(message, cause);

namespace AirIsland.Storage.Telemetry;

/// <summary>The store could not do what was asked, for no fault of what was asked: a full disk, a file that is gone.</summary>
public sealed class StoreUnavailableException(string message, Exception cause) : Exception(message, cause);

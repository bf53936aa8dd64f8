namespace AirIsland.Cloud.Export;

/// <summary>A file cannot be brought in or out; the message is for whoever called.</summary>
public sealed class ImportException(string message, Exception? cause = null) : Exception(message, cause);

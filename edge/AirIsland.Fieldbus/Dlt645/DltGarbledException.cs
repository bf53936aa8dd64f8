namespace AirIsland.Fieldbus.Dlt645;

/// <summary>
/// Nothing answered in time, but bytes came that belong to no frame: an answer was damaged, or two meters spoke at once. Unlike after
/// silence it is worth asking again at once.
/// </summary>
public sealed class DltGarbledException(string message) : TimeoutException(message);

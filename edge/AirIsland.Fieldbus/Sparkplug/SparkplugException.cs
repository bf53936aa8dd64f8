namespace AirIsland.Fieldbus.Sparkplug;

/// <summary>Bytes that are no Sparkplug B payload, or one beyond a limit; the message says which.</summary>
public sealed class SparkplugException : Exception
{
    public SparkplugException()
    {
    }

    public SparkplugException(string message)
        : base(message)
    {
    }

    public SparkplugException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

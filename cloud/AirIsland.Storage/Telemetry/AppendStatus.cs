namespace AirIsland.Storage.Telemetry;

/// <summary>What became of an appended batch.</summary>
public enum AppendStatus
{
    /// <summary>Durable, with its watermark, in one transaction.</summary>
    Stored,

    /// <summary>Undecodable; kept aside durably, the watermark moved on.</summary>
    SetAside,

    /// <summary>Came before with the same bytes; nothing was written.</summary>
    Duplicate,

    /// <summary>Came before with other bytes; nothing was written.</summary>
    SequenceReused,

    /// <summary>Not the number after the watermark; nothing was written.</summary>
    OutOfOrder,

    /// <summary>The disk refused; nothing was written, the same batch may come again.</summary>
    Unavailable,
}

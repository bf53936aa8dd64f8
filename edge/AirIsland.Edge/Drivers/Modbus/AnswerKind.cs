namespace AirIsland.Edge.Drivers.Modbus;

/// <summary>What came of a request, by what is to be done about it.</summary>
internal enum AnswerKind
{
    /// <summary>Registers.</summary>
    Granted,

    /// <summary>Codes 2 and 3: something of the block is not there, or it is too long. The search for it begins.</summary>
    Refused,

    /// <summary>Code 1: the device has no such function. The block rests.</summary>
    Unsupported,

    /// <summary>Codes 5 and 6: not now. Asked again while the poll's time lasts.</summary>
    Busy,

    /// <summary>Code 4 and what is not known: the device is there and cannot. The block rests.</summary>
    Trouble,

    /// <summary>No answer in time, or the gateway says so (codes 10 and 11).</summary>
    Silent,

    /// <summary>The line broke meanwhile.</summary>
    Lost,

    /// <summary>The line could not be had at all.</summary>
    NoLine,

    /// <summary>The line could not be had for another who asked at the same time, and rests.</summary>
    Resting,
}

namespace AirIsland.Proto.Columns;

/// <summary>
/// A clock that was not believed and stamped all the same: monotonic time of that boot is the instant minus <see cref="OffsetMs"/>.
/// </summary>
public sealed record BlockStamp(string Boot, long OffsetMs);

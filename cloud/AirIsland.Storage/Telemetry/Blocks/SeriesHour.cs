using AirIsland.Domain.Metering;

namespace AirIsland.Storage.Telemetry.Blocks;

/// <summary>
/// The index entry of a series' hour in one block: where its instants and its samples lie, and their summary. A series that was in two
/// scan groups in an hour has two.
/// </summary>
internal readonly record struct SeriesHour(long Hour, long Block, long Frame, SampleSummary Summary);

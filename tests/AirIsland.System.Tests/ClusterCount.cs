namespace AirIsland.SystemTests;

/// <summary>
/// What a run of a cluster came to, in samples. <see cref="Measured"/>: accepted into the outboxes; <see cref="Lost"/>: measured and not
/// stored; <see cref="Duplicated"/>: stored again under the same tag and instant, or from the same reply.
/// </summary>
internal sealed record ClusterCount(long Measured, long Stored, long Lost, long Duplicated);

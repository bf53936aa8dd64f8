namespace AirIsland.SystemTests;

/// <summary>
/// What a run of kills came to, in samples. <see cref="Measured"/>: accepted into the outbox; <see cref="Lost"/>: measured and not stored;
/// <see cref="Duplicated"/>: stored again under the same tag and instant, or from the same reply. <see cref="Served"/> minus measured is
/// what died with the process before it was on its disk. <see cref="Unacknowledged"/> kills found batches that the cloud had not
/// acknowledged.
/// </summary>
internal sealed record KillCount(
    int Seed, int Kills, int Unacknowledged, long Served, long Measured, long Stored, long Lost, long Duplicated);

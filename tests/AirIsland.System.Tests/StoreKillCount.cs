namespace AirIsland.SystemTests;

/// <summary>
/// What a run of kills of the store came to. Batches: acknowledged, stored, of those acknowledged lost, and duplicated; faults of the check
/// after every reopening; what the kills came after, by what the host was at; whole backups, restored at the end, and their faults.
/// </summary>
internal sealed record StoreKillCount(
    int Seed, int Kills, long Acknowledged, long Stored, long Lost, long Duplicated, int Faults, int AtUpkeep, int AtExpiry, int AtBackup,
    int BackupsRestored, double SlowestOpenMs);

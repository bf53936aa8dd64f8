namespace AirIsland.Storage.Telemetry.Journal;

/// <summary>What a transaction of a journal writes, in whatever dialect.</summary>
internal interface IJournalWriter
{
    void Insert(ReceivedBatch batch, long position);

    void SetAside(ReceivedBatch batch, string reason);

    void Move(string edge, ulong epoch, StoredWatermark mark);

    /// <summary>The checksum of a stored batch, this transaction's included; null when it is not (or no longer) stored.</summary>
    uint? Checksum(BatchKey key);
}

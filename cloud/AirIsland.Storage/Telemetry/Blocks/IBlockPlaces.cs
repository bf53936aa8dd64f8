using System.Data.Common;
using AirIsland.Storage.Telemetry.Journal;

namespace AirIsland.Storage.Telemetry.Blocks;

/// <summary>
/// Where an adapter keeps the journal and the sealed months, and how it lets others write there. Journal and months are not one
/// transaction: whoever reads both begins with the journal.
/// </summary>
internal interface IBlockPlaces
{
    /// <summary>The sealed months, ascending; see <see cref="Hours.MonthOf"/>.</summary>
    IReadOnlyList<int> Months { get; }

    /// <summary>The journal as it is now, unchanged as long as it is held.</summary>
    Lease Journal();

    /// <summary>A sealed month to read, unchanged as long as it is held; null when there is none.</summary>
    Lease? Month(int month);

    /// <summary>A sealed month to write to, made when there is none. One writer at a time.</summary>
    Lease WriteMonth(int month);

    /// <summary>What stays of expired months, unchanged as long as it is held. Whoever reads a month too begins with the month.</summary>
    Lease Minutes();

    /// <summary>The same, to write to. One writer at a time.</summary>
    Lease WriteMinutes();

    /// <summary>Tells this month from one of the same name that was dropped.</summary>
    long OriginOf(int month, Lease lease);

    /// <summary>Runs something in a transaction of the journal, in its turn between appends.</summary>
    Task InJournalAsync(Action<DbConnection> action, CancellationToken cancellationToken);

    /// <summary>To be held while months are written or dropped; null while somebody else has it.</summary>
    IDisposable? BeginUpkeep();

    /// <summary>Where a sealed month lies, as a person would look for it.</summary>
    string NameOf(int month);

    /// <summary>Removes a sealed month.</summary>
    void Drop(int month);
}

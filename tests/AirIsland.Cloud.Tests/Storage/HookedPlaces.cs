using System.Data.Common;
using AirIsland.Storage.Telemetry.Blocks;
using AirIsland.Storage.Telemetry.Journal;

namespace AirIsland.Cloud.Tests.Storage;

/// <summary>Places of a real store, with something that happens just before they are opened: what another thread might do then.</summary>
internal sealed class HookedPlaces(IBlockPlaces places) : IBlockPlaces
{
    public Action? BeforeReading { get; set; }

    public Action? BeforeWriting { get; set; }

    public Action? BeforeFolding { get; set; }

    public IReadOnlyList<int> Months => places.Months;

    public Lease Journal() => places.Journal();

    public Lease? Month(int month)
    {
        Once(BeforeReading, () => BeforeReading = null);
        return places.Month(month);
    }

    public Lease WriteMonth(int month)
    {
        Once(BeforeWriting, () => BeforeWriting = null);
        return places.WriteMonth(month);
    }

    public Lease Minutes() => places.Minutes();

    public Lease WriteMinutes()
    {
        Once(BeforeFolding, () => BeforeFolding = null);
        return places.WriteMinutes();
    }

    public long OriginOf(int month, Lease lease) => places.OriginOf(month, lease);

    public Task InJournalAsync(Action<DbConnection> action, CancellationToken cancellationToken) =>
        places.InJournalAsync(action, cancellationToken);

    public IDisposable? BeginUpkeep() => places.BeginUpkeep();

    public string NameOf(int month) => places.NameOf(month);

    public void Drop(int month) => places.Drop(month);

    private static void Once(Action? action, Action forget)
    {
        forget();
        action?.Invoke();
    }
}

using System.Reactive;
using System.Reactive.Linq;
using System.Reactive.Subjects;
using AirIsland.Edge.Metering;
using AirIsland.Edge.Outbox;

namespace AirIsland.Edge.Pipeline;

/// <summary>
/// The site as it is now, and how it becomes another one while it runs. What is the same in both goes on undisturbed; the scans of what
/// ends are sealed against the old catalogue, those of what begins against the new one.
/// </summary>
public sealed class SiteKeeper(
    SitePlan first, IEnumerable<IDriver> drivers, IEnumerable<IScanObserver> observers, LineBook lines, OutboxStore outbox) : IDisposable
{
    private readonly IDriver[] _drivers = [.. drivers];
    private readonly IScanObserver[] _observers = [.. observers];
    private readonly Subject<Unit> _changing = new();
    private readonly SemaphoreSlim _turn = new(1);
    private readonly object _gate = new();

    public SitePlan Current { get; private set; } = first;

    public IReadOnlyList<IDriver> Drivers => _drivers;

    /// <summary>Fires before <see cref="Current"/> changes, while no scan is let through: what is open must be closed.</summary>
    public IObservable<Unit> Changing => _changing.AsObservable();

    /// <summary>Lets scans through, one by one, and none while the site changes.</summary>
    public IObservable<Scan> Gate(IObservable<Scan> scans) => scans.Synchronize(_gate);

    /// <summary>Shows scans that are judged to whoever looks on.</summary>
    public IObservable<Scan> Show(IObservable<Scan> scans) => scans.Do(scan =>
    {
        foreach (var observer in _observers) observer.Observe(scan, Current.Tags);
    });

    /// <summary>Opens the lines and hands the devices out. To be called once, first.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">A port where gateways dial in is taken.</exception>
    public async Task BeginAsync()
    {
        await lines.ApplyAsync(Current.Endpoints);
        foreach (var driver in _drivers) await driver.ApplyAsync(Current.Tags.Devices);
    }

    /// <summary>Makes the site another one.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">
    /// A port where gateways dial in is taken. The site is what it was before.
    /// </exception>
    public async Task ChangeAsync(SitePlan next)
    {
        ArgumentNullException.ThrowIfNull(next);
        await _turn.WaitAsync();
        try
        {
            var before = Current;
            var hashes = next.Tags.Devices.Select(d => d.Hash).ToHashSet(StringComparer.Ordinal);
            await ApplyAsync([.. before.Tags.Devices.Where(d => hashes.Contains(d.Hash))]);
            try
            {
                await lines.ApplyAsync(next.Endpoints);
            }
            catch
            {
                await lines.ApplyAsync(before.Endpoints);
                await ApplyAsync(before.Tags.Devices);
                throw;
            }
            await outbox.LearnAsync(next.Catalogue);
            lock (_gate)
            {
                _changing.OnNext(Unit.Default);
                Current = next;
            }
            await ApplyAsync(next.Tags.Devices);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        _changing.Dispose();
        _turn.Dispose();
    }

    private async Task ApplyAsync(IReadOnlyList<BoundDevice> devices)
    {
        foreach (var driver in _drivers) await driver.ApplyAsync(devices);
    }
}

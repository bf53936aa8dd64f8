using System.Net;
using AirIsland.Fieldbus.Lines;

namespace AirIsland.Simulators.Devices.Fleet;

/// <summary>How the devices of one line are served, by where the line is.</summary>
internal interface IFleetProtocol
{
    /// <summary>A TCP port; 0 takes a free one.</summary>
    (IAsyncDisposable Server, IPEndPoint Endpoint) OnPort(IPEndPoint endpoint, IReadOnlyList<FleetDevice> devices);

    /// <exception cref="IOException">There is no such port, or it is not ours to open.</exception>
    Task<IAsyncDisposable> OnSerialAsync(SerialEndpoint endpoint, IReadOnlyList<FleetDevice> devices, CancellationToken ct);

    /// <summary>What serves a line that is open; it owns it, and returns when it is over.</summary>
    Func<IByteLine, CancellationToken, Task> OnLine(IReadOnlyList<FleetDevice> devices);
}

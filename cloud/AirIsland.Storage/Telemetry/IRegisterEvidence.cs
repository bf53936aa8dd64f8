using AirIsland.Domain.Metering;
using NodaTime;

namespace AirIsland.Storage.Telemetry;

/// <summary>
/// What a store can do that keeps register batches as they came, for ever, with when the cloud learned them: everything as it was known at
/// an instant. A bill made then can be made again.
/// </summary>
public interface IRegisterEvidence
{
    /// <summary>As <see cref="ITelemetryStore.Read"/>, of a register, from what was known by an instant only.</summary>
    IAsyncEnumerable<Sample> ReadAsOf(Tag register, Instant from, Instant to, Instant knownBy, CancellationToken cancellationToken);

    /// <summary>As <see cref="ITelemetryStore.RegistersAtAsync"/>, from what was known by an instant only.</summary>
    Task<IReadOnlyList<BoundaryRead?>> RegistersAsOfAsync(
        IReadOnlyList<Tag> registers, Instant at, Instant knownBy, CancellationToken cancellationToken);
}

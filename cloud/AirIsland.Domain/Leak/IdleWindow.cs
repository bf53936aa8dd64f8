using NodaTime;

namespace AirIsland.Domain.Leak;

/// <summary>
/// The hours in which a company says that it makes nothing, on the station's clock, half-open; may cross midnight (22:00–06:00).
/// </summary>
public readonly record struct IdleWindow(LocalTime From, LocalTime To)
{
    public bool Contains(LocalTime time) => From <= To ? time >= From && time < To : time >= From || time < To;
}

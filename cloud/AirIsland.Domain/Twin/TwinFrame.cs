using System.Collections.Immutable;
using NodaTime;

namespace AirIsland.Domain.Twin;

/// <summary>
/// What changed in a station's twin. <see cref="Version"/> grows with every change, so that a watcher asks for what came after the
/// frame it has. <see cref="At"/> is the newest instant the twin knows, null before the first sample.
/// </summary>
public sealed record TwinFrame(long Version, Instant? At, ImmutableArray<TwinValue> Values);

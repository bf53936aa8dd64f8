using System.Collections.Concurrent;
using AirIsland.Edge.Metering;

namespace AirIsland.Edge.Drivers.Mqtt;

/// <summary>
/// What was handed out of each topic, durable or not yet. It outlives the topics: one that is configured anew still knows what came
/// before.
/// </summary>
internal sealed class TopicMemory(ISourceMarks marks) : ISourceMarks
{
    private readonly ConcurrentDictionary<string, RecentInstants> _topics = new(StringComparer.Ordinal);

    public RecentInstants Recent(string key) => _topics.GetOrAdd(key, marks.Recent);
}

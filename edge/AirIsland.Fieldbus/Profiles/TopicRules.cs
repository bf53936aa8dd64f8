namespace AirIsland.Fieldbus.Profiles;

/// <summary>What the topics of an MQTT device's points must keep against each other.</summary>
internal static class TopicRules
{
    /// <param name="points">As read.</param>
    /// <param name="mistakes">Found are added.</param>
    public static void Check(IReadOnlyCollection<PlacedPoint> points, List<string> mistakes)
    {
        var sound = points.Where(p => p.Fields.Sound("topic", "path", "group", "kind")).ToList();
        foreach (var topic in sound.GroupBy(p => p.Point.TopicPart))
        {
            if (topic.Skip(1).Any() && topic.FirstOrDefault(p => p.Point.Path is "") is { } plain)
                mistakes.Add($"{plain.Place}: a value without a path is alone on its topic, '{topic.Key}' brings {topic.Count()}");
        }
        // A scan group has one time: messages of two topics are not of one instant. Plain values are of when they arrive.
        foreach (var group in sound.GroupBy(p => p.Point.Group))
        {
            var topics = group.Select(p => p.Point.TopicPart).Distinct().ToList();
            if (topics.Count > 1 && group.Any(p => p.Point.Path is not ""))
                mistakes.Add($"groups: {group.Key} comes on topics '{string.Join("' and '", topics)}': each needs a group of its own");
        }
    }
}

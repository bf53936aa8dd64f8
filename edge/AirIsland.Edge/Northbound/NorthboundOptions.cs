using AirIsland.Edge.Metering;
using AirIsland.Fieldbus.Sparkplug;

namespace AirIsland.Edge.Northbound;

/// <summary>The site as a Sparkplug B edge node, for a SCADA of others. All times are real time.</summary>
public sealed record NorthboundOptions
{
    /// <summary>Whether there is such a node. Default false.</summary>
    public bool Enabled { get; init; }

    /// <summary>
    /// The broker. An empty client id: the edge's id and <c>-scada</c>; it must not be that of the drivers at the same broker.
    /// </summary>
    public BrokerOptions Broker { get; init; } = new();

    /// <summary>Group of the node.</summary>
    public string Group { get; init; } = "AirIsland";

    /// <summary>Id of the node. Empty: the station.</summary>
    public string Node { get; init; } = "";

    /// <summary>Host application without which nothing is sent. Empty: none is awaited.</summary>
    public string PrimaryHost { get; init; } = "";

    /// <summary>
    /// Samples kept for a broker or host that is away, 1,000 to 10,000,000; beyond it the oldest are dropped and counted.
    /// </summary>
    public int Kept { get; init; } = 100_000;

    /// <summary>With the names that are left empty.</summary>
    public NorthboundOptions Of(string edge, string station) => this with
    {
        Broker = Broker.ClientId.Length > 0 ? Broker : Broker with { ClientId = $"{edge}-scada" },
        Node = Node.Length > 0 ? Node : station,
    };

    /// <summary>Every mistake in it, each named by its setting. What is switched off has none.</summary>
    public IEnumerable<string> Mistakes(string section)
    {
        if (!Enabled) yield break;
        foreach (var mistake in Of("edge", "station").Broker.Mistakes($"{section}:{nameof(Broker)}")) yield return mistake;
        if (!SparkplugTopic.IsId(Group)) yield return $"{section}:{nameof(Group)} '{Group}' cannot stand in a topic";
        if (Node.Length > 0 && !SparkplugTopic.IsId(Node)) yield return $"{section}:{nameof(Node)} '{Node}' cannot stand in a topic";
        if (PrimaryHost.Length > 0 && !SparkplugTopic.IsId(PrimaryHost))
            yield return $"{section}:{nameof(PrimaryHost)} '{PrimaryHost}' cannot stand in a topic";
        if (Kept is < 1_000 or > 10_000_000) yield return $"{section}:{nameof(Kept)} {Kept} is not between 1,000 and 10,000,000";
    }
}

namespace AirIsland.Edge.Tests.Outbox;

/// <summary>
/// What a cloud has of a damaged outbox: batches stored twice, batches nobody measured, batches lost of those that it did not have before,
/// whether what came after is there, gaps, files set aside, alarms and why starts failed.
/// </summary>
internal sealed record DamageFindings(
    IReadOnlyList<long> Twice, IReadOnlyList<long> Wrong, IReadOnlyList<long> Lost, bool HasNew, int Gaps, int Aside,
    IReadOnlyList<string> Alarms);

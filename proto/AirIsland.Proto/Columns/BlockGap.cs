namespace AirIsland.Proto.Columns;

/// <summary>Samples that were not taken or were dropped by a limit: which tags, when (ms, <c>[From, To)</c>), why, how many.</summary>
public sealed record BlockGap(IReadOnlyList<uint> Tags, long From, long To, string Reason, ulong Count);

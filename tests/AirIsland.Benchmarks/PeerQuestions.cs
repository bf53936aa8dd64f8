namespace AirIsland.Benchmarks;

/// <summary>Addresses of: latest of the levels; one hour of one level; hourly means of ten; the registers at both ends.</summary>
internal sealed record PeerQuestions(string Latest, string Hour, string Means, string[] Registers);

namespace AirIsland.Cloud.Tests.Servers;

/// <summary>The tests that share one PostgreSQL; each class has a database of its own.</summary>
[CollectionDefinition(Name)]
public sealed class PostgresTests : ICollectionFixture<PostgresServer>
{
    public const string Name = "PostgreSQL";
}

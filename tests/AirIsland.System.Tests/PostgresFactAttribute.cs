using AirIsland.Cloud.Tests.Servers;

namespace AirIsland.SystemTests;

/// <summary>A fact that needs PostgreSQL; without it the test is left out, saying why.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute()
    {
        if (NeedsProgramAttribute.Find("postgres") is null) Skip = "postgres is not installed";
    }
}

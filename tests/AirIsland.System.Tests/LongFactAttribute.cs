namespace AirIsland.SystemTests;

/// <summary>A test with full counts: run by <c>./test.sh --long</c>, else skipped with that reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LongFactAttribute : FactAttribute
{
    public LongFactAttribute()
    {
        if (Environment.GetEnvironmentVariable("AIRISLAND_LONG") is null) Skip = "full counts: ./test.sh --long";
    }
}

namespace AirIsland.Edge.Tests;

/// <summary>A theory that needs a program of the machine; without it the test is left out, saying why.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ExternalTheoryAttribute : TheoryAttribute
{
    public ExternalTheoryAttribute(string program)
    {
        if (ExternalFactAttribute.Find(program) is null) Skip = $"{program} is not installed";
    }
}

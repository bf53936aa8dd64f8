namespace AirIsland.Simulators.Tests;

/// <summary>A theory that needs a program of the machine; left out by name where that is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ExternalTheoryAttribute : TheoryAttribute
{
    public ExternalTheoryAttribute(string program)
    {
        Program = program;
        Skip = new ExternalFactAttribute(program).Skip;
    }

    public string Program { get; }
}

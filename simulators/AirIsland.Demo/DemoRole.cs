namespace AirIsland.Demo;

/// <summary>What a process of the demo is: everything, or one part of it that can be killed by itself.</summary>
public enum DemoRole
{
    All,
    Edge,
    Cloud,
}

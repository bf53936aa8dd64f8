namespace AirIsland.Edge.Tests.Outbox;

/// <summary>A fact that needs a disk small enough to be filled; without the right to mount one the test is left out, saying so.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SmallDiskFactAttribute : FactAttribute
{
    public SmallDiskFactAttribute()
    {
        if (ExternalFactAttribute.Find("mount") is null)
        {
            Skip = "mount is not installed";
            return;
        }
        using var disk = new SmallDisk(1);
        if (!disk.IsMounted) Skip = "a small file system may not be mounted";
    }
}

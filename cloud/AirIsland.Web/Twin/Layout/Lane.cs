namespace AirIsland.Web.Twin.Layout;

/// <summary>A vertical strip of the diagram in which things of one role stand under each other.</summary>
public readonly record struct Lane(double X, double Width)
{
    public double Right => X + Width;

    public double Middle => X + (Width / 2);
}

namespace AirIsland.Web.Twin.Layout;

/// <summary>How much a card tells, from one line to everything: the more machines share a lane, the less each of them tells.</summary>
public enum CardDetail
{
    Line,
    Brief,
    Medium,
    Full,
}

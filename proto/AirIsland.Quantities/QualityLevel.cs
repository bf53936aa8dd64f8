namespace AirIsland.Quantities;

/// <summary>The three levels of OPC: Good, Uncertain, Bad, in order of worsening.</summary>
public enum QualityLevel
{
    Good = 0,
    Uncertain = 1,
    Bad = 2,
}

namespace AirIsland.Web.Twin.Layout;

/// <summary>The least and the greatest height at which a card of this detail still looks right.</summary>
public sealed record CardHeight(CardDetail Detail, double Least, double Greatest);

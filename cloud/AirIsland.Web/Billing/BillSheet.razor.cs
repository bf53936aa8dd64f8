using System.Globalization;
using AirIsland.Domain.Billing;
using AirIsland.Domain.Stations;
using AirIsland.Quantities;
using AirIsland.Web.Shell;
using Microsoft.AspNetCore.Components;
using NodaTime;

namespace AirIsland.Web.Billing;

/// <summary>The printed bill: shows what the domain's bill holds and computes nothing of its own.</summary>
public sealed partial class BillSheet
{
    [Parameter, EditorRequired]
    public required Bill Bill { get; set; }

    [Parameter, EditorRequired]
    public required Station Station { get; set; }

    [Parameter, EditorRequired]
    public required DateTimeZone Zone { get; set; }

    private static BillTexts Texts => BillTexts.Current;

    private decimal MeterVolume => Bill.Register.Value(Bill.MeterCounts);

    private long Rollover => Bill.MeterCounts - (Bill.End.Count - Bill.Start.Count);

    private string Version => string.Format(CultureInfo.InvariantCulture, Texts.Version, Bill.Contract.Version);

    private string Meter =>
        Labelled(Texts.Serial, Bill.Register.MeterSerial) + Labelled(Texts.Class, Bill.Register.MeterClass);

    private string QualityStatement => Bill.Quality.Level == QualityLevel.Good
        ? Texts.QualityGood
        : string.Format(CultureInfo.InvariantCulture, Texts.QualityOther, Describe(Bill.Quality));

    private string Rounding => string.Format(CultureInfo.InvariantCulture, Texts.Rounding, Bill.Register.Resolution);

    private string Formula
    {
        get
        {
            var rollover = Rollover == 0 ? "" : $" + {Volume(Bill.Register.Value(Rollover))}";
            var factor = Bill.Factor == ConversionFactor.One ? "" : $" × {Bill.Factor}";
            return $"({Volume(Bill.Register.Value(Bill.End.Count))} − {Volume(Bill.Register.Value(Bill.Start.Count))}{rollover}) m³{factor}"
                + $" = {Volume(Bill.Volume.CubicMetres)} m³; × {Bill.Contract.Price} {Texts.PriceUnit} = {Figures.Amount(Bill.Amount)}";
        }
    }

    private static string Describe(Quality quality) => QualityText.Of(quality) ?? Texts.Good;

    private static string Labelled(string label, string value) => value.Length == 0 ? "" : $" · {label} {value}";

    private string Volume(decimal value) => Figures.Volume(value, Bill.Register.Resolution);
}

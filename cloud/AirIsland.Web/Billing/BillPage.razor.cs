using System.Globalization;
using AirIsland.Domain.Billing;
using AirIsland.Domain.Metering;
using AirIsland.Domain.Stations;
using AirIsland.Web.Access;
using AirIsland.Web.Shell;
using AirIsland.Web.Twin;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using NodaTime;

namespace AirIsland.Web.Billing;

/// <summary>
/// One company's bill for a period in the site's zone. Unknown company: 404; malformed period: 400, naming the field; no bill possible: the
/// reason, the reads there are, and what to do next.
/// </summary>
public sealed partial class BillPage(IActorSource actors, IBillQueries bills, ITwinQueries twins, NavigationManager navigation)
{
    private Company? _company;
    private Station? _station;
    private DateTimeZone? _zone;
    private BillOutcome? _outcome;
    private PeriodMistake? _fault;
    private string? _from;
    private string? _to;
    private bool _byDefault;

    [Parameter]
    public string Id { get; set; } = "";

    [SupplyParameterFromQuery(Name = "from")]
    public string? From { get; set; }

    [SupplyParameterFromQuery(Name = "to")]
    public string? To { get; set; }

    [CascadingParameter]
    public HttpContext? Http { get; set; }

    private static BillTexts Texts => BillTexts.Current;

    private string Heading => $"{Texts.Title} {Cultures.Pick(_company?.Name ?? "", _company?.NameEn ?? "")}";

    protected override async Task OnInitializedAsync()
    {
        var aborted = Http?.RequestAborted ?? CancellationToken.None;
        var actor = await actors.CurrentAsync(aborted);
        _company = await bills.CompanyAsync(actor, new CompanyId(Id), aborted);
        _station = _company is null ? null : await twins.StationAsync(actor, _company.Station, aborted);
        if (_company is null || _station is null)
        {
            navigation.NotFound();
            return;
        }

        _zone = DateTimeZoneProviders.Tzdb[_station.Zone];
        if (await PeriodAsync(actor, _company.Id, _zone, aborted) is { } period)
        {
            (_from, _to) = (PeriodText.Write(period.Start, _zone), PeriodText.Write(period.End, _zone));
            _outcome = await bills.BillAsync(actor, _company.Id, period, aborted);
        }
    }

    /// <summary>The period that was asked for, or the default; null when there is nothing to ask for, and then it is said why.</summary>
    private async Task<Interval?> PeriodAsync(Actor actor, CompanyId company, DateTimeZone zone, CancellationToken aborted)
    {
        if (From is null && To is null)
        {
            _byDefault = true;
            var coverage = await bills.CoverageAsync(actor, company, aborted);
            var period = coverage is { } reads ? DefaultPeriod.Of(reads, zone) : null;
            _outcome = period is null ? new Unbillable(UnbillableReason.NoReads, "", coverage?.Start, coverage?.End) : null;
            return period;
        }

        (_from, _to) = (From, To);
        var read = PeriodText.Read(From, To, zone);
        if (read.Period is null)
        {
            _fault = read.Mistakes[0];
            if (Http is { Response.HasStarted: false })
                Http.Response.StatusCode = StatusCodes.Status400BadRequest;
        }

        return read.Period;
    }

    private string FaultText(PeriodMistake fault)
    {
        var (label, typed) = fault.Field == "from" ? (Texts.From, From) : (Texts.To, To);
        var text = fault.Fault switch
        {
            PeriodFault.Missing => Texts.Missing,
            PeriodFault.NotADate => Texts.NotADate,
            PeriodFault.NotAfterStart => Texts.NotAfterStart,
            PeriodFault.TooLong => Texts.TooLong,
            _ => Texts.OutOfRange,
        };
        return string.Format(CultureInfo.InvariantCulture, text, label, fault.Field, typed);
    }
}

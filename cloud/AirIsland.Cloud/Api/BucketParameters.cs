using System.Globalization;
using AirIsland.Domain.Metering;
using AirIsland.Storage.Telemetry;
using Microsoft.AspNetCore.Mvc;
using NodaTime;
using NodaTime.Text;

namespace AirIsland.Cloud.Api;

/// <summary>What a question for buckets says, as text. Without width: hours; without method: held; without hold: ten minutes.</summary>
internal sealed record BucketParameters(
    [FromRoute] string Id, string[]? Tag, string? From, string? To, string? Width, string? Tariff, string? Method, string? Hold,
    string? Time)
{
    private const int MostHold = 86_400;
    private const int DefaultHold = 600;

    /// <summary>The question, or what is wrong with it.</summary>
    public IResult? Read(DateTimeZone zone, out BucketQuestion? question)
    {
        question = null;
        if (Tag is not { Length: > 0 }) return ApiProblem.Malformed("tag", "is missing");
        var period = PeriodText.Read(From, To, zone);
        if (period.Period is not { } asked) return ApiProblem.Malformed(period);
        BucketMethod? method = Method switch
        {
            null or "hold" => BucketMethod.StepHold,
            "line" => BucketMethod.Interpolate,
            "samples" => BucketMethod.Samples,
            _ => null,
        };
        if (method is not { } known) return ApiProblem.Malformed("method", $"'{Method}' is neither hold, line nor samples");
        var hold = DefaultHold;
        if (Hold is not null
            && !(int.TryParse(Hold, NumberStyles.None, CultureInfo.InvariantCulture, out hold) && hold is >= 1 and <= MostHold))
            return ApiProblem.Malformed("hold", $"'{Hold}' is no number of seconds from 1 to {MostHold}");
        try
        {
            if (Split(asked, zone) is not { } buckets)
                return ApiProblem.Malformed("width", $"'{Width}' is neither hour, day, month nor a number of seconds");
            question = new(buckets, known, Duration.FromSeconds(hold));
            return null;
        }
        catch (ArgumentException)
        {
            return ApiProblem.Malformed("width", $"makes more than {CalendarBuckets.Limit} buckets, or none");
        }
        catch (UnparsableValueException)
        {
            return ApiProblem.Malformed("tariff", $"'{Tariff}' is no list of times like 08:00,22:00");
        }
    }

    private IReadOnlyList<Interval>? Split(Interval period, DateTimeZone zone)
    {
        if (Tariff is not null)
        {
            var pattern = LocalTimePattern.CreateWithInvariantCulture("HH:mm");
            return CalendarBuckets.Split(period, zone, [.. Tariff.Split(',').Select(t => pattern.Parse(t.Trim()).GetValueOrThrow())]);
        }
        return Width switch
        {
            null or "hour" => CalendarBuckets.Split(period, zone, BucketWidth.Hour),
            "day" => CalendarBuckets.Split(period, zone, BucketWidth.Day),
            "month" => CalendarBuckets.Split(period, zone, BucketWidth.Month),
            _ when int.TryParse(Width, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) =>
                CalendarBuckets.Split(period, zone, Duration.FromSeconds(seconds)),
            _ => null,
        };
    }
}

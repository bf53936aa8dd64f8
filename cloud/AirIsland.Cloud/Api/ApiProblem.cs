using AirIsland.Domain.Metering;

namespace AirIsland.Cloud.Api;

/// <summary>Errors as problem documents. What is forbidden looks like what does not exist.</summary>
internal static class ApiProblem
{
    public static IResult Unknown(string kind, string id) =>
        Results.Problem(statusCode: StatusCodes.Status404NotFound, title: $"no {kind} '{id}'");

    /// <summary>A period that cannot be read, by field.</summary>
    public static IResult Malformed(PeriodText period) =>
        Malformed(period.Mistakes.ToDictionary(m => m.Field, m => (string[])[Text(m.Fault)]));

    public static IResult Malformed(string field, string mistake) => Malformed(new Dictionary<string, string[]> { [field] = [mistake] });

    private static IResult Malformed(Dictionary<string, string[]> mistakes) =>
        Results.ValidationProblem(mistakes, title: "the request is malformed", statusCode: StatusCodes.Status400BadRequest);

    private static string Text(PeriodFault fault) => fault switch
    {
        PeriodFault.Missing => "is missing",
        PeriodFault.NotADate => "is no date (2026-11-22, 2026-11-22T05:30) and no instant (2026-11-22T05:30:00+08:00)",
        PeriodFault.NotAfterStart => "is not after from",
        PeriodFault.TooLong => $"makes a period longer than {PeriodText.Longest.Days} days",
        _ => "is not between 1970 and 2200",
    };
}

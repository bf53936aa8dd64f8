namespace AirIsland.Cloud.Api;

/// <summary>Errors as problem documents. What is forbidden looks like what does not exist.</summary>
internal static class ApiProblem
{
    public static IResult Unknown(string kind, string id) =>
        Results.Problem(statusCode: StatusCodes.Status404NotFound, title: $"no {kind} '{id}'");

    public static IResult Malformed(Dictionary<string, string[]> mistakes) =>
        Results.ValidationProblem(mistakes, title: "the request is malformed", statusCode: StatusCodes.Status400BadRequest);
}

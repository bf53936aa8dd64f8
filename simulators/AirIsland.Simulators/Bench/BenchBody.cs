using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AirIsland.Simulators.Bench;

/// <summary>What a harness sends: read strictly, and what is wrong with it said in a problem document.</summary>
internal static class BenchBody
{
    /// <summary>Hands the body on, or says why it cannot be read.</summary>
    public static async Task<IResult> WithAsync<T>(HttpRequest request, Func<T, IResult> then)
        where T : class
    {
        if (!request.HasJsonContentType()) return Problem(StatusCodes.Status415UnsupportedMediaType, "the body is application/json");
        try
        {
            var body = await request.ReadFromJsonAsync<T>(request.HttpContext.RequestAborted);
            return body is null ? Problem(StatusCodes.Status400BadRequest, "the body is null") : then(body);
        }
        catch (JsonException e)
        {
            return Problem(StatusCodes.Status400BadRequest, e.Message);
        }
        catch (NotSupportedException)
        {
            // What the serializer throws where the kind is missing.
            return Problem(StatusCodes.Status400BadRequest, "the member 'kind' is missing");
        }
        catch (BadHttpRequestException e)
        {
            return Problem(e.StatusCode, e.Message);
        }
    }

    /// <summary>What does not fit, without the name that it has in the code.</summary>
    public static ProblemHttpResult Problem(ArgumentException misfit) =>
        Problem(StatusCodes.Status400BadRequest, misfit.Message.Split(" (Parameter '")[0]);

    /// <summary>A problem document (RFC 9457).</summary>
    public static ProblemHttpResult Problem(int status, string detail) => TypedResults.Problem(detail, statusCode: status);
}

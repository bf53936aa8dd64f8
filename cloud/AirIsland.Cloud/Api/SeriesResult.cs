namespace AirIsland.Cloud.Api;

/// <summary>An answer that is written as it is found, never held as a whole.</summary>
internal sealed class SeriesResult(string station, Func<SeriesWriter, Task> write) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = "application/json; charset=utf-8";
        await using var answer = new SeriesWriter(httpContext.Response.BodyWriter);
        answer.Open(station);
        await write(answer);
        await answer.CloseAsync(httpContext.RequestAborted);
    }
}

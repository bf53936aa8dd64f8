using Grpc.Core;

namespace AirIsland.Cloud.Ingest;

/// <summary>Why a stream was ended by the cloud: a short word for the counter, and what the edge is told.</summary>
internal sealed class Refusal(string word, StatusCode status, string message) : Exception(message)
{
    /// <summary>One of few: the counter has a series for each.</summary>
    public string Word => word;

    public StatusCode Status => status;

    public static Refusal Certificate(string message, StatusCode status) => new("certificate", status, message);

    public static Refusal Hello(string message) => new("hello", StatusCode.InvalidArgument, message);

    public static Refusal Order(string message) => new("order", StatusCode.InvalidArgument, message);

    public static Refusal Size(string message) => new("size", StatusCode.ResourceExhausted, message);

    public static Refusal Catalogue(string message, StatusCode status = StatusCode.InvalidArgument) => new("catalogue", status, message);

    public static Refusal Streams(int most) => new("streams", StatusCode.ResourceExhausted, $"{most} streams are open, which is the limit");

    public static Refusal Silence(string what, TimeSpan limit) =>
        new("silence", StatusCode.DeadlineExceeded, $"{what} did not come within {limit.TotalSeconds:0.#} s");

    public static Refusal Unread(TimeSpan limit) =>
        new("unread", StatusCode.DeadlineExceeded, $"acknowledgements were not read for {limit.TotalSeconds:0.#} s");
}

using System.Globalization;
using AirIsland.Cloud.Export;
using AirIsland.Proto.Catalogues;
using AirIsland.Proto.Telemetry.V1;
using AirIsland.Storage.Telemetry;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using DomainTag = AirIsland.Domain.Metering.Tag;
using Status = AirIsland.Proto.Telemetry.V1.Status;

namespace AirIsland.Cloud.Ingest;

/// <summary>
/// An import as an edge of its own, over the same contract as every edge, in the backfill lane. One batch at a time; what the cloud already
/// has of this import is not sent again.
/// </summary>
public sealed class ImportLink : IAsyncDisposable
{
    private const int Tries = 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(500);

    private readonly GrpcChannel _channel;
    private readonly AsyncDuplexStreamingCall<Up, Down> _call;
    private readonly Catalogue _catalogue;
    private readonly ByteString _id;
    private readonly ulong _epoch;

    private ImportLink(GrpcChannel channel, Catalogue catalogue, ulong epoch)
    {
        (_channel, _catalogue, _epoch) = (channel, catalogue, epoch);
        _id = ByteString.CopyFrom(CatalogueId.Canonicalise(catalogue).Id);
        _call = new Telemetry.TelemetryClient(channel).Stream();
    }

    /// <summary>Number of the last batch that the cloud has of this import.</summary>
    public ulong Stored { get; private set; }

    /// <summary>The catalogue of an import: what its tags are, and what they are called in its blocks.</summary>
    public static TagCatalogue Describe(string edge, string station, IEnumerable<DomainTag> tags)
    {
        var catalogue = new Catalogue { Edge = edge, Station = station };
        foreach (var tag in tags.OrderBy(t => t.Id.Value, StringComparer.Ordinal))
        {
            var message = new Tag
            {
                Id = tag.Id.Value,
                Kind = (Kind)tag.Kind,
                Medium = tag.Medium,
                Unit = tag.Unit,
                Resolution = tag.Resolution.ToString(CultureInfo.InvariantCulture),
                ReferenceState = tag.State?.Name ?? "",
                MeterSerial = tag.MeterSerial,
                Group = "import",
                Source = "import",
            };
            if (tag.Modulus is { } modulus) message.Modulus = modulus;
            catalogue.Tags.Add(message);
        }
        return TagCatalogue.Of(catalogue);
    }

    /// <exception cref="ImportException">The cloud is not there, or refuses.</exception>
    public static async Task<ImportLink> ConnectAsync(
        Uri cloud, ImportTrust trust, TagCatalogue catalogue, ulong epoch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(trust);
        ArgumentNullException.ThrowIfNull(catalogue);
        var channel = GrpcChannel.ForAddress(
            cloud, new GrpcChannelOptions { HttpHandler = trust.HandlerFor(cloud), DisposeHttpClient = true });
        var link = new ImportLink(channel, Catalogue.Parser.ParseFrom(catalogue.Canonical), epoch);
        try
        {
            await link.GreetAsync(cancellationToken);
            return link;
        }
        catch
        {
            await link.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends a batch until it is durable.</summary>
    /// <exception cref="ImportException">It cannot be; the import may be started again and goes on there.</exception>
    public async Task SendAsync(ulong sequence, ImportBatch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        for (var attempt = 1; attempt <= Tries; attempt++)
        {
            var ack = (await AskAsync(new Up { Batch = Message(sequence, batch) }, cancellationToken)).Ack;
            switch (ack?.Status)
            {
                case Status.Stored:
                    Stored = sequence;
                    return;
                case Status.Retry:
                    await Task.Delay(Rest, cancellationToken);
                    break;
                case Status.CatalogueUnknown:
                    await WriteAsync(new Up { Catalogue = _catalogue }, cancellationToken);
                    break;
                default:
                    throw new ImportException($"the cloud answered {ack?.Status} to batch {sequence}: {ack?.Reason}");
            }
        }
        throw new ImportException($"the cloud did not take batch {sequence} in {Tries} tries; start the import again and it goes on there");
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _call.RequestStream.CompleteAsync();
        }
        catch (Exception e) when (e is RpcException or InvalidOperationException)
        {
            // It is closed already.
        }
        _call.Dispose();
        _channel.Dispose();
    }

    private async Task GreetAsync(CancellationToken cancellationToken)
    {
        var hello = new Hello { Edge = _catalogue.Edge, Station = _catalogue.Station, Epoch = _epoch, Catalogue = _id };
        var welcome = (await AskAsync(new Up { Hello = hello }, cancellationToken)).Welcome
            ?? throw new ImportException("the cloud did not say Welcome");
        Stored = welcome.Watermarks.FirstOrDefault(w => w.Lane == Lane.Backfill)?.Sequence ?? 0;
        if (welcome.CatalogueWanted) await WriteAsync(new Up { Catalogue = _catalogue }, cancellationToken);
    }

    private async Task<Down> AskAsync(Up message, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            await _call.RequestStream.WriteAsync(message, patience.Token);
            if (await _call.ResponseStream.MoveNext(patience.Token)) return _call.ResponseStream.Current;
            throw new ImportException("the cloud ended the conversation; start the import again and it goes on");
        }
        catch (RpcException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ImportException(
                $"the cloud broke off: {e.Status.StatusCode}: {e.Status.Detail}; started again, the import goes on", e);
        }
        catch (Exception e) when (e is OperationCanceledException or InvalidOperationException
            && !cancellationToken.IsCancellationRequested)
        {
            throw new ImportException($"the cloud did not answer within {Patience.TotalSeconds} s; started again, the import goes on", e);
        }
    }

    private async Task WriteAsync(Up message, CancellationToken cancellationToken)
    {
        try
        {
            await _call.RequestStream.WriteAsync(message, cancellationToken);
        }
        catch (RpcException e)
        {
            throw new ImportException($"the cloud broke off: {e.Status.StatusCode}: {e.Status.Detail}", e);
        }
    }

    private Batch Message(ulong sequence, ImportBatch batch) => new()
    {
        Epoch = _epoch,
        Lane = Lane.Backfill,
        Sequence = sequence,
        Catalogue = _id,
        PointCount = (uint)batch.Block.PointCount,
        From = batch.Block.From,
        To = batch.Block.To,
        Crc32C = batch.Block.Crc32C,
        Content = (Content)batch.Content,
        Encoding = (Encoding)batch.Block.Encoding,
        Payload = UnsafeByteOperations.UnsafeWrap(batch.Block.Payload),
    };
}

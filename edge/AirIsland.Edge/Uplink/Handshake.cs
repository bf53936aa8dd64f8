using AirIsland.Edge.Outbox;
using AirIsland.Proto.Telemetry.V1;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using Lane = AirIsland.Edge.Outbox.Lane;

namespace AirIsland.Edge.Uplink;

/// <summary>The first words of a conversation: both ends say what they hold and agree on where to go on.</summary>
internal sealed partial class Handshake(SiteIdentity site, UplinkOptions options, OutboxStore outbox, ILogger logger)
{
    /// <summary>
    /// Says what the outbox holds and hears what the cloud has. Null when the two do not fit and a new epoch was started: nobody sends
    /// meanwhile.
    /// </summary>
    public async Task<UplinkStart?> AgreeAsync(
        AsyncDuplexStreamingCall<Up, Down> call, bool mustRenew, CancellationToken cancellationToken)
    {
        var hello = Greeting();
        var welcome = await GreetAsync(call, hello, cancellationToken).WaitAsync(options.AcknowledgeWithin, cancellationToken);
        var cloud = new Dictionary<Lane, (long, uint)>();
        foreach (var mark in welcome.Watermarks.Where(w => w.Epoch == hello.Epoch))
            cloud[(Lane)mark.Lane] = ((long)mark.Sequence, mark.Crc32C);
        var plan = ResumePlan.Of(outbox.State, cloud, (lane, sequence) => Crc(lane, sequence));
        if ((plan.NewEpochBecause ?? (mustRenew ? "the cloud knew a number with other bytes" : null)) is { } because)
        {
            LogNewEpoch(logger, because);
            await outbox.RenewAsync((_, lane) => plan.From[lane]);
            return null;
        }
        outbox.Agree();
        foreach (var (lane, sequence) in plan.From) await ResumeAsync(lane, sequence);
        return new(plan.From, welcome.Credit, welcome.CatalogueWanted ? null : hello.Catalogue, options);
    }

    private Hello Greeting()
    {
        var state = outbox.State;
        var catalogue = ByteString.CopyFrom(outbox.Catalogue.Id);
        var hello = new Hello { Edge = site.Edge, Station = site.Station, Epoch = state.Epoch, Catalogue = catalogue };
        foreach (var lane in (Lane[])[Lane.Live, Lane.Backfill])
        {
            var sequence = state[lane].Acknowledged;
            hello.Watermarks.Add(new Watermark
            {
                Epoch = state.Epoch,
                Lane = (Proto.Telemetry.V1.Lane)lane,
                Sequence = (ulong)sequence,
                Crc32C = Crc(lane, sequence) ?? 0,
            });
        }
        return hello;
    }

    private static async Task<Welcome> GreetAsync(AsyncDuplexStreamingCall<Up, Down> call, Hello hello, CancellationToken cancellationToken)
    {
        await call.RequestStream.WriteAsync(new Up { Hello = hello }, cancellationToken);
        if (!await call.ResponseStream.MoveNext(cancellationToken)) throw new IOException("closed by the cloud before a welcome");
        return call.ResponseStream.Current.Welcome ?? throw new IOException("the cloud's first word was no welcome");
    }

    // A gap, or what is left of it, may have taken the number of a batch that the cloud knows: then there is nothing to compare.
    private uint? Crc(Lane lane, long sequence) =>
        outbox.Read(lane, sequence) is { IsThinned: false, Block: { PointCount: > 0, Crc32C: var crc } } ? crc : null;

    private async ValueTask ResumeAsync(Lane lane, long sequence)
    {
        var acknowledged = outbox.State[lane].Acknowledged;
        if (sequence > acknowledged) outbox.Acknowledge(lane, sequence);
        if (sequence >= acknowledged) return;
        LogCloudIsOlder(logger, lane, sequence, acknowledged);
        await outbox.ResumeAsync(lane, sequence);
    }
}

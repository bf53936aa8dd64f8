using AirIsland.Domain.Metering;
using AirIsland.Proto.Columns;
using AirIsland.Proto.Telemetry.V1;
using AirIsland.Storage.Telemetry;
using AirIsland.Storage.Telemetry.Embedded;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using WireTag = AirIsland.Proto.Telemetry.V1.Tag;

namespace AirIsland.Benchmarks;

/// <summary>
/// A station in an embedded store, appended as an edge would and sealed as it goes: levels once a second, registers once a minute, from
/// the first of June 2026.
/// </summary>
internal sealed class StoreLoad : IDisposable
{
    public const string Station = "bench";
    private const string Edge = "bench-edge";
    private const ulong Epoch = 1;
    private const int RegisterMinutes = 15;

    public static readonly Instant Start = Instant.FromUtc(2026, 6, 1, 0, 0);

    private ulong _sequence;

    public StoreLoad(string directory, int levels, int registers)
    {
        Store = new(new() { Directory = directory }, NullLogger<EmbeddedTelemetryStore>.Instance);
        var wire = new Catalogue { Edge = Edge, Station = Station };
        for (var i = 0; i < levels; i++) wire.Tags.Add(Tag($"{Station}/m{i:0000}/GaugePressure", Kind.Level, "MPa", "0.001"));
        for (var i = 0; i < registers; i++) wire.Tags.Add(Tag($"{Station}/r{i:0000}/AccumulatedVolume", Kind.Register, "m3", "1"));
        Catalogue = TagCatalogue.Of(wire);
        Levels = [.. Catalogue.Tags.Where(t => t.Kind == TagKind.Level)];
        Registers = [.. Catalogue.Tags.Where(t => t.Kind == TagKind.Register)];
        Store.KeepAsync(Catalogue, default).GetAwaiter().GetResult();
    }

    public EmbeddedTelemetryStore Store { get; }

    public TagCatalogue Catalogue { get; }

    public IReadOnlyList<Domain.Metering.Tag> Levels { get; }

    public IReadOnlyList<Domain.Metering.Tag> Registers { get; }

    /// <summary>Appends a block of levels; the task ends when it is durable.</summary>
    public ValueTask<Task<Appended>> AppendAsync(EncodedBlock block) => AppendAsync(block, BatchContent.Levels);

    /// <summary>Appends what the registers showed in some minutes from an instant on.</summary>
    public async Task AppendRegistersAsync(Instant from, Instant to)
    {
        for (var at = from; at < to; at += Duration.FromMinutes(RegisterMinutes))
        {
            var builder = new BlockBuilder();
            for (var minute = 0; minute < RegisterMinutes; minute++)
            {
                var instant = at + Duration.FromMinutes(minute);
                var passed = (long)(instant - Start).TotalMinutes;
                for (var r = 0; r < Registers.Count; r++)
                    builder.Add("registers", instant.ToUnixTimeMilliseconds(), Number(Registers[r]), 1_000_000 + (passed * (r + 1)), 0);
            }
            await await AppendAsync(builder.Encode(), BatchContent.Registers);
        }
    }

    /// <summary>Appends days of levels in batches of 10,000 points, with registers, sealing every six hours. Gives the points.</summary>
    public async Task<long> FillAsync(int days, int seed)
    {
        const int Points = 10_000;
        var load = new StationLoad(Levels.Count, seed, Start.ToUnixTimeMilliseconds());
        var points = 0L;
        var sealedTo = Start;
        for (var at = Start; at < Start + Duration.FromDays(days); at += Duration.FromHours(6))
        {
            var pending = new Queue<Task<Appended>>();
            for (var left = Levels.Count * 6 * 3600; left > 0; left -= Points)
            {
                var block = load.Next(Math.Min(Points, left));
                points += block.PointCount;
                pending.Enqueue(await AppendAsync(block));
                while (pending.Count > 16) await pending.Dequeue();
            }
            await Task.WhenAll(pending);
            await AppendRegistersAsync(at, at + Duration.FromHours(6));
            sealedTo = at + Duration.FromHours(6);
            await Store.KeepUpAsync(sealedTo, default);
        }
        await Store.KeepUpAsync(sealedTo + Duration.FromDays(1), default);
        return points;
    }

    public uint Number(Domain.Metering.Tag tag) => Catalogue.NumberOf(tag) ?? throw new ArgumentException($"{tag.Id} is not of it");

    public void Dispose() => Store.Dispose();

    private ValueTask<Task<Appended>> AppendAsync(EncodedBlock block, BatchContent content) => Store.AppendAsync(
        new(
            new(Edge, Epoch, BatchLane.Live, ++_sequence), new(Station), Catalogue.Key, content, block,
            Instant.FromUnixTimeMilliseconds(block.To)),
        default);

    private static WireTag Tag(string id, Kind kind, string unit, string resolution) =>
        new()
        {
            Id = id,
            Kind = kind,
            Medium = "air",
            Unit = unit,
            Resolution = resolution,
            Group = kind == Kind.Level ? "fast" : "registers",
        };
}

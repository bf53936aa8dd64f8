using AirIsland.Cloud.Stations;
using AirIsland.Domain.Metering;
using AirIsland.Proto.Columns;
using AirIsland.Storage.Telemetry;
using NodaTime;

namespace AirIsland.Cloud.Ingest;

/// <summary>
/// Whether a batch can be decoded by its catalogue, in one pass over its bytes that keeps nothing but what a twin and the clocks need. A
/// wrong clock or a doubtful value is no reason to reject a batch.
/// </summary>
internal sealed class BatchCheck : IBlockVisitor
{
    /// <summary>Most points of a batch; an edge sends 10,000.</summary>
    public const int MaxPoints = 1_000_000;

    /// <summary>Most doubted clocks, and fixes of clocks, that one batch may speak of.</summary>
    public const int MaxClocks = 256;

    private static readonly long Latest = Instant.FromUtc(9999, 1, 1, 0, 0).ToUnixTimeMilliseconds();

    private readonly ReceivedBatch _batch;
    private readonly TagCatalogue _catalogue;
    private readonly NewestSamples? _newest;
    private Dictionary<BlockStamp, (long From, long To)>? _stamped;
    private List<BlockClockFix>? _fixes;
    private int _points;

    private BatchCheck(ReceivedBatch batch, TagCatalogue catalogue)
    {
        (_batch, _catalogue) = (batch, catalogue);
        // Backfill is history: it never drives what a person takes for now.
        if (batch.Key.Lane == BatchLane.Live) _newest = new(batch.KnownAt, catalogue.Tags.Count);
    }

    /// <summary>
    /// The batch with what its payload says of the edge's clock, and what it brings to its station's twin; or with what is wrong with it.
    /// </summary>
    public static (ReceivedBatch Batch, IReadOnlyList<NewestSample> Newest) Of(ReceivedBatch batch, TagCatalogue catalogue)
    {
        if (Fault(batch.Block, batch.Content) is { } fault) return (batch with { Rejection = fault }, []);
        var check = new BatchCheck(batch, catalogue);
        try
        {
            BlockReader.Visit(batch.Block.Payload, batch.Block.Encoding, check, batch.Block.PointCount);
            return (check.Done(), check._newest?.Found ?? []);
        }
        catch (InvalidDataException e)
        {
            return (batch with { Rejection = e.Message }, []);
        }
    }

    public void Group(string id, ReadOnlySpan<long> instants, BlockStamp? stamp)
    {
        Check("a group's id", id, EdgeText.LongestGroup);
        _newest?.Group(id, instants, stamp);
        var (from, to) = (instants[0], instants[^1]);
        if (from < _batch.Block.From || to > _batch.Block.To) throw new InvalidDataException($"group '{id}' lies outside its from and to");
        if (stamp is null) return;
        _stamped ??= [];
        if (_stamped.TryGetValue(stamp, out var seen)) (from, to) = (Math.Min(from, seen.From), Math.Max(to, seen.To));
        else if (_stamped.Count == MaxClocks) throw new InvalidDataException($"it was stamped by more than {MaxClocks} clocks");
        _stamped[stamp] = (from, to);
    }

    public void Column(uint tag, ReadOnlySpan<int> rows, ReadOnlySpan<long> counts, ReadOnlySpan<byte> qualities)
    {
        var isRegister = Known(tag).Kind == TagKind.Register;
        if (isRegister != (_batch.Content == BatchContent.Registers))
            throw new InvalidDataException($"{Known(tag).Id} is in a batch of {_batch.Content}");
        _points += rows.Length;
        _newest?.Column(tag, rows, counts, qualities);
    }

    public void Gap(BlockGap gap)
    {
        ArgumentNullException.ThrowIfNull(gap);
        Check("a gap's reason", gap.Reason, EdgeText.LongestReason);
        foreach (var tag in gap.Tags) Known(tag);
        if (gap.To < gap.From || gap.From < _batch.Block.From || gap.To > _batch.Block.To)
            throw new InvalidDataException($"a gap from {gap.From} to {gap.To} lies outside its from and to");
    }

    public void ClockFix(BlockClockFix fix)
    {
        _fixes ??= [];
        if (_fixes.Count == MaxClocks) throw new InvalidDataException($"it fixes more than {MaxClocks} clocks");
        _fixes.Add(fix);
    }

    private static string? Fault(EncodedBlock block, BatchContent content)
    {
        if (block.PointCount is < 0 or > MaxPoints) return $"it says {(uint)block.PointCount} points, limit {MaxPoints}";
        if (Checksum.Crc32C(block.Payload) != block.Crc32C) return "the checksum does not fit the payload";
        if (block.To < block.From) return $"it ends at {block.To}, before it starts at {block.From}";
        if (block.From < 0 || block.To > Latest) return "it lies outside the years 1970 to 9998";
        return Enum.IsDefined(content) ? null : $"content {(int)content} is not known";
    }

    private ReceivedBatch Done()
    {
        if (_points != _batch.Block.PointCount)
            throw new InvalidDataException($"it has {_points} points and says {_batch.Block.PointCount}");
        if (_stamped is null && _fixes is null) return _batch;
        var clock = new BatchClock([.. (_stamped ?? []).Select(s => (s.Key, s.Value.From, s.Value.To))], _fixes ?? []);
        return clock.Fault() is { } fault ? throw new InvalidDataException(fault) : _batch with { Clock = clock };
    }

    private static void Check(string what, string text, int longest)
    {
        if (EdgeText.Fault(what, text, longest) is { } fault) throw new InvalidDataException(fault);
    }

    private Tag Known(uint tag) => tag < _catalogue.Tags.Count
        ? _catalogue.Tags[(int)tag]
        : throw new InvalidDataException($"tag number {tag} is not in the catalogue");
}

using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Fieldbus.Modbus;

/// <summary>
/// Finds what a device refuses of a block that it refused with exception 02: read <see cref="Next"/>, say what came of it, until there
/// is none. One bad value among n is found in at most 2·⌈log2 n⌉ more requests. It decides nothing by itself: what it found goes into a
/// <see cref="Quarantine"/> and into <see cref="ReadLimits.Cuts"/>.
/// </summary>
public sealed class BlockSearch
{
    private readonly Stack<Half> _open = new();
    private readonly List<ReadBlock> _good = [];
    private readonly List<ProfilePoint> _bad = [];
    private readonly List<ReadCut> _cuts = [];

    /// <param name="refused">Whole: the search begins with its halves.</param>
    public BlockSearch(ReadBlock refused)
    {
        ArgumentNullException.ThrowIfNull(refused);
        Part(refused);
    }

    /// <summary>What to read next. Null: the search is over.</summary>
    public ReadBlock? Next => _open.TryPeek(out var half) ? half.Block : null;

    /// <summary>Reads that the device answered, in the order of their addresses.</summary>
    public IReadOnlyList<ReadBlock> Good => _good;

    /// <summary>Points that the device refuses also by themselves (or with those of their register or group).</summary>
    public IReadOnlyList<ProfilePoint> Bad => _bad;

    /// <summary>Where the device answered both halves and yet not the whole: a bad register in the gap, or too many at once.</summary>
    public IReadOnlyList<ReadCut> Cuts => _cuts;

    /// <summary>The device answered <see cref="Next"/>.</summary>
    /// <exception cref="InvalidOperationException">The search is over.</exception>
    public void Answered()
    {
        var half = _open.Pop();
        _good.Add(half.Block);
        if (++half.Whole.Answered == 2)
            _cuts.Add(new ReadCut(half.Block.Table, half.Block.Address));
    }

    /// <summary>The device refused <see cref="Next"/> with exception 02, too.</summary>
    /// <exception cref="InvalidOperationException">The search is over.</exception>
    public void Refused() => Part(_open.Pop().Block);

    private void Part(ReadBlock block)
    {
        if (block.Halves() is not { } halves)
        {
            _bad.AddRange(block.Points);
            return;
        }

        var whole = new Parted();
        _open.Push(new Half(halves.Second, whole));
        _open.Push(new Half(halves.First, whole));
    }

    private sealed record Half(ReadBlock Block, Parted Whole);

    private sealed class Parted
    {
        public int Answered { get; set; }
    }
}

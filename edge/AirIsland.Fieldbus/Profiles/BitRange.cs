using System.Globalization;

namespace AirIsland.Fieldbus.Profiles;

/// <summary>Neighbouring bits of a value: <paramref name="Count"/> of them from <paramref name="Low"/> on, 0 being the least.</summary>
public readonly record struct BitRange(int Low, int Count)
{
    public int High => Low + Count - 1;

    /// <summary>The bits, in their place.</summary>
    public ulong Mask => (Count == 64 ? ulong.MaxValue : (1UL << Count) - 1) << Low;

    public ulong Cut(ulong value) => (value & Mask) >> Low;

    public ulong Put(ulong into, ulong bits) => (into & ~Mask) | ((bits << Low) & Mask);

    /// <summary>Reads <c>5</c> or <c>4-6</c>, the lower bit first.</summary>
    public static bool TryParse(string? text, out BitRange range)
    {
        range = default;
        if (text is null)
            return false;
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        var sound = Bit(dash < 0 ? text : text[..dash], out var low) & Bit(text[(dash + 1)..], out var high) && high >= low;
        range = sound ? new BitRange(low, high - low + 1) : default;
        return sound;
    }

    public override string ToString() => Count == 1 ? $"{Low}" : $"{Low}-{High}";

    private static bool Bit(string text, out int bit) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out bit) && bit <= 63;
}

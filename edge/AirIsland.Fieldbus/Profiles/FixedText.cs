namespace AirIsland.Fieldbus.Profiles;

/// <summary>ASCII of a fixed length, two characters a register, filled up with zeros or spaces.</summary>
internal static class FixedText
{
    public const int MostRegisters = 125;

    /// <summary>Without what fills it up. Null when a byte is no printable character: no text, or bytes in another order.</summary>
    public static string? Load(ReadOnlySpan<ushort> registers)
    {
        Span<char> characters = stackalloc char[2 * MostRegisters];
        for (var i = 0; i < registers.Length; i++)
            (characters[2 * i], characters[(2 * i) + 1]) = ((char)(registers[i] >> 8), (char)(registers[i] & 0xFF));
        var text = characters[..(2 * registers.Length)].TrimEnd("\0 ").TrimStart(' ');
        return text.ContainsAnyExceptInRange(' ', '~') ? null : text.ToString();
    }

    /// <summary>Fills up with zeros.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is too long, or not printable ASCII.</exception>
    public static void Store(string text, Span<ushort> registers)
    {
        if (text.Length > 2 * registers.Length || text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            throw new ArgumentOutOfRangeException(nameof(text), text, $"Not {2 * registers.Length} printable ASCII characters at most");
        registers.Clear();
        for (var i = 0; i < text.Length; i++)
            registers[i / 2] |= (ushort)(text[i] << (i % 2 == 0 ? 8 : 0));
    }
}

using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Edge.Commissioning;

/// <summary>
/// What a point showed: its registers as they came (null when they did not, and <see cref="Failure"/> says why), and what they mean.
/// Neither value nor text: the registers hold none.
/// </summary>
internal sealed record PointReading(ProfilePoint Point, ushort[]? Registers, decimal? Value, string? Text, string? Failure)
{
    /// <summary>Whether the display should be looked at: nothing readable, or outside what is plausible.</summary>
    public bool IsDoubtful => Registers is not null && Text is null
        && (Value is not { } value || value < Point.Minimum || value > Point.Maximum);

    public static PointReading Of(ProfilePoint point, ushort[] registers) => new(
        point, registers, PointCodec.ToEngineering(point, registers), PointCodec.ToText(point, registers), null);
}

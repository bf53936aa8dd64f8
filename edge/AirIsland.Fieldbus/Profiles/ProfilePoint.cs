using AirIsland.Fieldbus.Dlt645;

namespace AirIsland.Fieldbus.Profiles;

/// <summary>
/// One value of a device: what it means (name, kind, medium, unit, resolution) and where it lies (registers, a path in
/// a JSON message, or a data identifier).
/// Engineering value = raw × <see cref="Scale"/> ÷ <see cref="Divide"/> + <see cref="Offset"/>, in <see cref="Unit"/>;
/// count = engineering value ÷ <see cref="Resolution"/>.
/// </summary>
public sealed record ProfilePoint
{
    /// <summary><c>[port/]Quantity</c>, e.g. <c>outlet/GaugePressure</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The scan group; the profile gives its period.</summary>
    public required string Group { get; init; }

    public required PointKind Kind { get; init; }

    public required string Medium { get; init; }

    /// <summary>UCUM code.</summary>
    public required string Unit { get; init; }

    /// <summary>The engineering value of one count.</summary>
    public required decimal Resolution { get; init; }

    public decimal Scale { get; init; } = 1;

    /// <summary>Divisor beside <see cref="Scale"/>, so that m³/h ÷ 60 stays exact.</summary>
    public decimal Divide { get; init; } = 1;

    public decimal Offset { get; init; }

    /// <summary>Reference state of an air volume or flow, e.g. <c>Standard20</c>.</summary>
    public string? State { get; init; }

    /// <summary>Lowest plausible engineering value; the lowest that a writable point takes.</summary>
    public decimal? Minimum { get; init; }

    /// <summary>Highest plausible engineering value; the highest that a writable point takes.</summary>
    public decimal? Maximum { get; init; }

    /// <summary>Engineering value at which a register starts again from zero.</summary>
    public decimal? Modulus { get; init; }

    /// <summary>How the value may change, and which changes are reported.</summary>
    public ChangeRules Change { get; init; } = ChangeRules.None;

    public RegisterTable Table { get; init; }

    /// <summary>Zero-based address as it stands in the request (PDU address), however the profile wrote it.</summary>
    public ushort Address { get; init; }

    public PointType Type { get; init; }

    public RegisterOrder Order { get; init; }

    /// <summary>Registers of a packed decimal (1 to 7) or a text (1 to 125); the other types know theirs.</summary>
    public int Length { get; init; } = 1;

    /// <summary>
    /// The bits of the registers, in the order of their meaning, that are the value: one for a bit, eight for a byte, any for an unsigned
    /// number. Null: all, or the lowest.
    /// </summary>
    public BitRange? Bits { get; init; }

    /// <summary>Points of the same name here must come from one request: a value and its scale, the halves of a total.</summary>
    public string? ReadTogether { get; init; }

    /// <summary>
    /// Where the value stands in a JSON message, as <see cref="JsonPath"/> spells it; empty: the message is the value itself. Of Sparkplug
    /// the metric's name. Null for Modbus and DL/T 645.
    /// </summary>
    public string? Path { get; init; }

    /// <summary>The last part of the MQTT topic it comes on; empty: the device's own. Null: <c>register</c> or <c>level</c>.</summary>
    public string? Topic { get; init; }

    /// <summary>MQTT: texts of a state → its codes, letter by letter; a text that is not in it is missing.</summary>
    public IReadOnlyDictionary<string, long>? Texts { get; init; }

    /// <summary>What a meter of DL/T 645 is asked for, and how its digits lie. Null for other devices.</summary>
    public DltItem? Item { get; init; }

    /// <summary>Which of the numbers of <see cref="Item"/>, counted from 0.</summary>
    public int Index { get; init; }

    /// <summary>The device's own code → state code; a code that is not in it is missing. Null: codes are taken as they are.</summary>
    public IReadOnlyDictionary<long, long>? Map { get; init; }

    /// <summary>Whether the value is on the secondary side of the device's transformers; see <see cref="WithRatio"/>.</summary>
    public bool Transformer { get; init; }

    /// <summary>
    /// Whether the device takes a new value here, from <see cref="Minimum"/> to <see cref="Maximum"/>. It says what the device can, not
    /// who may: who only reads stays without a way to write.
    /// </summary>
    public bool Writable { get; init; }

    /// <summary>Address, type, order and scale all stand in the profile's source; false when one of them is an assumption.</summary>
    public bool Verified { get; init; }

    public string? Comment { get; init; }

    /// <summary>The last part of the MQTT topic: <see cref="Topic"/>, else <c>register</c> or <c>level</c> by its kind.</summary>
    public string TopicPart => Topic ?? (Kind == PointKind.Register ? "register" : "level");

    /// <summary>16-bit registers the value takes, 1 to 125; coils are counted like registers.</summary>
    public int RegisterCount => Type switch
    {
        PointType.UInt32 or PointType.Int32 or PointType.Float32 => 2,
        PointType.UInt64 or PointType.Int64 or PointType.Float64 => 4,
        PointType.Bcd or PointType.Text => Length,
        _ => 1,
    };

    /// <summary>
    /// The point behind transformers of that ratio (PT × CT): its scale, resolution, modulus and range times the ratio, so that counts
    /// stay the meter's own. Unchanged unless <see cref="Transformer"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The ratio is not greater than 0, or greater than a million.</exception>
    public ProfilePoint WithRatio(decimal ratio)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ratio);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ratio, 1_000_000m);
        if (!Transformer)
            return this;

        return this with
        {
            Scale = Scale * ratio,
            Resolution = Resolution * ratio,
            Modulus = Modulus * ratio,
            Minimum = Minimum * ratio,
            Maximum = Maximum * ratio,
            Change = Change.WithRatio(ratio),
        };
    }
}

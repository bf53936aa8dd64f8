namespace AirIsland.Fieldbus.Dlt645;

/// <summary>
/// The identifiers that are known here: a small, closed table. Codes and formats are those of DL/T 645-2007 annex A and DL/T 645-1997
/// annex A; <see cref="DltItem.Source"/> says which of them a published frame confirms.
/// </summary>
public static class DltItems
{
    private const string Table2007 = "DL/T 645-2007 annex A";
    private const string Table1997 = "DL/T 645-1997 annex A";
    private const string Frame2007 = Table2007 + "; published frame";
    private const string Frame1997 = Table1997 + "; published frame";

    private const int MaxTariffs2007 = 63;
    private const int MaxTariffs1997 = 14;

    private static readonly string[] Phases = ["A", "B", "C"];
    private static readonly Dictionary<DltIdentifier, DltItem> ByIdentifier =
        Edition2007().Concat(Edition1997()).ToDictionary(item => item.Identifier);

    public static IReadOnlyCollection<DltItem> All => ByIdentifier.Values;

    /// <summary>Null for what the table does not know.</summary>
    public static DltItem? Find(DltIdentifier identifier) => ByIdentifier.GetValueOrDefault(identifier);

    /// <exception cref="ArgumentException">Not in the table, or no identifier at all.</exception>
    public static DltItem Get(string identifier) =>
        DltIdentifier.TryParse(identifier, out var parsed) && Find(parsed) is { } item
            ? item
            : throw new ArgumentException($"{identifier} is not in the table of identifiers", nameof(identifier));

    private static IEnumerable<DltItem> Edition2007()
    {
        var energy = new DltFormat(4, 2, "kW.h");
        var voltage = new DltFormat(2, 1, "V");
        var current = new DltFormat(3, 3, "A", IsSigned: true);
        var activePower = new DltFormat(3, 4, "kW", IsSigned: true);
        var reactivePower = new DltFormat(3, 4, "kvar", IsSigned: true);
        var apparentPower = new DltFormat(3, 4, "kV.A");
        var factor = new DltFormat(2, 3, "1", IsSigned: true);

        return
        [
            New("00000000", "combined active energy", energy with { IsSigned = true }, Frame2007),
            .. Family(0x00010000, 0x100, 0x0001FF00, "forward active energy", Tariffs(MaxTariffs2007), energy, Frame2007),
            .. Family(0x00020000, 0x100, 0x0002FF00, "reverse active energy", Tariffs(MaxTariffs2007), energy, Frame2007),
            .. Family(0x02010100, 0x100, 0x0201FF00, "voltage", Phases, voltage, Frame2007),
            .. Family(0x02020100, 0x100, 0x0202FF00, "current", Phases, current, Frame2007),
            .. Family(0x02030000, 0x100, 0x0203FF00, "active power", ["total", .. Phases], activePower, Frame2007),
            .. Family(0x02040000, 0x100, 0x0204FF00, "reactive power", ["total", .. Phases], reactivePower, Frame2007),
            .. Family(0x02050000, 0x100, 0x0205FF00, "apparent power", ["total", .. Phases], apparentPower, Frame2007),
            .. Family(0x02060000, 0x100, 0x0206FF00, "power factor", ["total", .. Phases], factor, Frame2007),
            New("02800002", "frequency", new DltFormat(2, 2, "Hz"), Frame2007),
            New("02800003", "active power, mean of a minute", activePower, Table2007),
            New("02800004", "active demand", activePower, Table2007),
            New("04000101", "date and weekday, YYMMDDWW", new DltFormat(4, 0, "1"), Frame2007),
            New("04000102", "time, hhmmss", new DltFormat(3, 0, "1"), Frame2007),
            New("04000401", "address", new DltFormat(6, 0, "1"), Table2007),
        ];
    }

    private static IEnumerable<DltItem> Edition1997()
    {
        var energy = new DltFormat(4, 2, "kW.h");
        var power = new DltFormat(3, 4, "kW");

        return
        [
            .. Family(0x9010, 1, 0x901F, "forward active energy", Tariffs(MaxTariffs1997), energy, Frame1997),
            .. Family(0x9020, 1, 0x902F, "reverse active energy", Tariffs(MaxTariffs1997), energy, Table1997),
            .. Family(0xB611, 1, 0xB61F, "voltage", Phases, new DltFormat(2, 0, "V"), Frame1997),
            .. Family(0xB621, 1, 0xB62F, "current", Phases, new DltFormat(2, 2, "A"), Frame1997),
            .. Family(0xB630, 1, 0xB63F, "active power", ["total", .. Phases], power, Frame1997),
            .. Family(0xB640, 1, 0xB64F, "reactive power", ["total", .. Phases], new DltFormat(2, 2, "kvar"), Table1997),
            .. Family(0xB650, 1, 0xB65F, "power factor", ["total", .. Phases], new DltFormat(2, 3, "1"), Table1997),
            New("C010", "date and weekday, YYMMDDWW", new DltFormat(4, 0, "1"), Table1997),
            New("C011", "time, hhmmss", new DltFormat(3, 0, "1"), Table1997),
            New("C032", "meter number", new DltFormat(6, 0, "1"), Table1997),
        ];
    }

    private static string[] Tariffs(int count) => ["total", .. Enumerable.Range(1, count).Select(tariff => $"tariff {tariff}")];

    /// <summary>Numbers whose identifiers differ by a step, and the block that holds them all.</summary>
    private static IEnumerable<DltItem> Family(
        uint first, uint step, uint block, string name, string[] parts, DltFormat format, string source)
    {
        var members = parts.Select((_, i) => Identifier(first + ((uint)i * step))).ToArray();
        return parts
            .Select((part, i) => new DltItem(members[i], $"{name}, {part}", format, [members[i]], source))
            .Append(new DltItem(Identifier(block), $"{name}, block", format, members, source));
    }

    private static DltItem New(string code, string name, DltFormat format, string source)
    {
        var identifier = DltIdentifier.Parse(code);
        return new DltItem(identifier, name, format, [identifier], source);
    }

    /// <summary>No code of 2007 in this table fits into two bytes but 00000000, which has an entry of its own.</summary>
    private static DltIdentifier Identifier(uint code) =>
        new(code <= 0xFFFF ? DltEdition.Edition1997 : DltEdition.Edition2007, code);
}

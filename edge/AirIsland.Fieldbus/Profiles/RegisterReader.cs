using System.Globalization;
using System.Text.Json;

namespace AirIsland.Fieldbus.Profiles;

/// <summary>Reads where a point lies: table, address, type, order, and which part of its registers it is.</summary>
internal static class RegisterReader
{
    private const string BcdPrefix = "bcd";

    /// <param name="fields">Of the point.</param>
    /// <param name="point">Its meaning, to be completed.</param>
    /// <param name="firstAddress">What the profile calls the first register: 0 or 1.</param>
    public static ProfilePoint Read(FieldReader fields, ProfilePoint point, int firstAddress)
    {
        var place = AddressReader.Read(fields, firstAddress);
        var (type, length) = ReadType(fields);
        point = point with
        {
            Table = ReadTable(fields, place.Table),
            Address = place.Address,
            Type = type,
            Length = length,
            ReadTogether = fields.Has("readTogether") ? fields.RequiredText("readTogether") : null,
            Transformer = fields.Flag("transformer"),
            Writable = fields.Flag("writable"),
        };
        point = point with { Order = ReadOrder(fields, point), Bits = ReadBits(fields, point) };
        var ofBits = point.Table is RegisterTable.Coil or RegisterTable.DiscreteInput;
        fields.Check(!ofBits || point.Type == PointType.Bit, "table must be holding or input", "table", "type", "address");
        fields.Check(point.Address + point.RegisterCount <= 65536, "address leaves no room for all registers", "address", "type", "length");
        return point;
    }

    private static RegisterTable ReadTable(FieldReader fields, RegisterTable? inferred)
    {
        var table = fields.Choice<RegisterTable>("table", inferred ?? RegisterTable.Holding);
        fields.Check(table == (inferred ?? table), $"table is {table}, its address is in {inferred}", "table", "address");
        return table;
    }

    // bcd48 is short for bcd of three registers.
    private static (PointType Type, int Length) ReadType(FieldReader fields)
    {
        var name = fields.Find("type") is { ValueKind: JsonValueKind.String } element ? element.GetString() : null;
        if (name?.StartsWith(BcdPrefix, StringComparison.OrdinalIgnoreCase) == true && name.Length > BcdPrefix.Length)
        {
            var sound = int.TryParse(name.AsSpan(BcdPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var bits)
                && bits is >= 16 and <= 16 * PackedDecimal.MostRegisters && bits % 16 == 0;
            if (!sound)
                fields.Wrong<string>("type", $"is '{name}'; packed decimals are bcd16 to bcd112, sixteen bits a register");
            fields.Check(fields.Find("length") is null, $"length stands in {name} already", "type");
            return (PointType.Bcd, sound ? bits / 16 : 1);
        }

        var type = fields.Choice<PointType>("type");
        var most = type switch { PointType.Bcd => PackedDecimal.MostRegisters, PointType.Text => FixedText.MostRegisters, _ => 0 };
        fields.Check(most > 0 || fields.Find("length") is null, "length belongs to bcd and text", "type");
        fields.Check(most == 0 || fields.Has("length"), "length is missing: the registers of bcd and text", "type");
        return (type, most == 0 ? 1 : Math.Max(1, fields.Whole("length", 1, 1, most)));
    }

    private static RegisterOrder ReadOrder(FieldReader fields, ProfilePoint point)
    {
        if (!fields.Has("order"))
            return RegisterOrder.ABCD;
        var name = fields.Text("order");
        if (name is null || !fields.Sound("type", "length"))
            return RegisterOrder.ABCD;
        var orders = RegisterOrders.Of(point.Type, point.RegisterCount);
        foreach (var order in orders)
        {
            if (order.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                return order.Order;
        }

        // One register takes the names of two as well: all that they can say of it is whether its bytes are reversed.
        if (point.RegisterCount == 1 && point.Type != PointType.Text && Enum.TryParse<RegisterOrder>(name, ignoreCase: true, out var wide))
            return wide;
        var known = string.Join(", ", orders.Select(o => o.Name));
        return fields.Wrong<RegisterOrder>("order", $"is '{name}'; known for {point.Type} are {known}");
    }

    private static BitRange? ReadBits(FieldReader fields, ProfilePoint point)
    {
        var (bit, bits, part) = (fields.Find("bit"), fields.Find("bits"), fields.Find("byte"));
        var ofRegister = point.Table is RegisterTable.Holding or RegisterTable.Input;
        var isByte = point.Type is PointType.UInt8 or PointType.Int8;
        var isUnsigned = point.Type is PointType.UInt16 or PointType.UInt32 or PointType.UInt64;
        fields.Check(bit is null || (point.Type == PointType.Bit && ofRegister), "bit belongs to type bit in a register", "type", "table");
        fields.Check(part is null || isByte, "byte belongs to 8-bit types", "type");
        fields.Check(bits is null || isUnsigned, "bits belong to uint16, uint32 and uint64", "type");
        if (!fields.Sound("type", "table"))
            return null;
        if (point.Type == PointType.Bit && ofRegister)
            return bit is null ? fields.Wrong<BitRange?>("bit", "is missing: 0 to 15") : new BitRange(fields.Whole("bit", 0, 0, 15), 1);
        if (isByte)
            return ReadByte(fields);
        if (bits is null || !isUnsigned)
            return null;
        var sound = BitRange.TryParse(fields.Text("bits"), out var range) && range.High < 16 * point.RegisterCount;
        return sound ? range : fields.Wrong<BitRange?>("bits", $"must be like \"4-6\", from 0 to {(16 * point.RegisterCount) - 1}");
    }

    private static BitRange? ReadByte(FieldReader fields) => fields.Text("byte") switch
    {
        "low" => new BitRange(0, 8),
        "high" => new BitRange(8, 8),
        _ => fields.Wrong<BitRange?>("byte", "must be \"high\" or \"low\""),
    };
}

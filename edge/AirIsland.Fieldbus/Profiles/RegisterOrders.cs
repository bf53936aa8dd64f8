using System.Buffers.Binary;

namespace AirIsland.Fieldbus.Profiles;

/// <summary>What the orders are called at each width, and what they do to registers.</summary>
internal static class RegisterOrders
{
    private static readonly (string Name, RegisterOrder Order)[] Two = [("AB", RegisterOrder.ABCD), ("BA", RegisterOrder.BADC)];

    private static readonly (string Name, RegisterOrder Order)[] Four =
        [.. Enum.GetValues<RegisterOrder>().Select(order => (order.ToString(), order))];

    private static readonly (string Name, RegisterOrder Order)[] Eight =
    [
        ("ABCDEFGH", RegisterOrder.ABCD),
        ("GHEFCDAB", RegisterOrder.CDAB),
        ("BADCFEHG", RegisterOrder.BADC),
        ("HGFEDCBA", RegisterOrder.DCBA),
    ];

    private static readonly (string Name, RegisterOrder Order)[] Other = Four[..1];

    /// <summary>The orders of a value of that type, by name; one where the trade has no names for more.</summary>
    public static IReadOnlyList<(string Name, RegisterOrder Order)> Of(PointType type, int registers) => (type, registers) switch
    {
        (PointType.Text, _) => Two,
        (_, 1) => Two,
        (_, 2) => Four,
        (_, 4) => Eight,
        _ => Other,
    };

    /// <summary>Whether two orders are one in so many registers: a single one cannot be reversed.</summary>
    public static bool AreSame(RegisterOrder one, RegisterOrder other, int registers) =>
        one == other || (registers == 1 && SwapsBytes(one) == SwapsBytes(other));

    /// <summary>Puts registers as sent into the order of their meaning, or back: both are the same.</summary>
    public static void Apply(RegisterOrder order, Span<ushort> registers)
    {
        if (order is RegisterOrder.CDAB or RegisterOrder.DCBA)
            registers.Reverse();
        if (SwapsBytes(order))
            BinaryPrimitives.ReverseEndianness(registers, registers);
    }

    private static bool SwapsBytes(RegisterOrder order) => order is RegisterOrder.BADC or RegisterOrder.DCBA;
}

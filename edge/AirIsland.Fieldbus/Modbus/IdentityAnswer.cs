using System.Text;

namespace AirIsland.Fieldbus.Modbus;

/// <summary>
/// The answer to an identification: function, kind, level, conformity, whether more follows, the next object, the number of objects, and
/// the objects as number, length, text.
/// </summary>
internal static class IdentityAnswer
{
    private const int HeadLength = 7;
    private const int MaxLength = 253;
    private const byte IndividualAccess = 0x80;
    private const byte MoreFollows = 0xFF;

    /// <summary>The objects that each level ends with.</summary>
    private static readonly byte[] LastObjects = [0x02, 0x7F, 0xFF];

    /// <summary>Length of the answer that begins so; null when more of it must be heard.</summary>
    public static int? LengthOf(ReadOnlySpan<byte> begun)
    {
        if (begun.Length < HeadLength)
            return null;
        var length = HeadLength;
        for (var left = begun[HeadLength - 1]; left > 0; left--)
        {
            if (length + 2 > begun.Length)
                return null;
            length += 2 + begun[length + 1];
        }

        return length <= MaxLength ? length : null;
    }

    /// <summary>Adds the objects of one answer; returns the object to go on with, or null when this was all.</summary>
    public static byte? Collect(ReadOnlySpan<byte> pdu, IDictionary<byte, string> objects)
    {
        for (var at = HeadLength; at < pdu.Length; at += 2 + pdu[at + 1])
            objects[pdu[at]] = Encoding.UTF8.GetString(pdu.Slice(at + 2, pdu[at + 1]));
        return pdu[4] == MoreFollows ? pdu[5] : null;
    }

    /// <summary>As many objects from <paramref name="first"/> on as one frame takes; null when there is none of that number.</summary>
    public static byte[]? Build(ModbusIdentity identity, ModbusIdentityLevel level, byte first)
    {
        var asked = identity.Objects.Where(o => o.Key <= LastObjects[(int)level - 1]).OrderBy(o => o.Key).ToList();
        // The specification: an object that does not exist starts again from the first.
        if (asked.TrueForAll(o => o.Key != first))
            first = 0;
        List<byte> pdu = [ModbusFunction.Encapsulated, ModbusFunction.Identification, (byte)level, Conformity(identity), 0, 0, 0];
        foreach (var (number, text) in asked.Where(o => o.Key >= first))
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            if (pdu.Count + 2 + bytes.Length > MaxLength)
            {
                if (pdu[6] == 0)
                    return null;
                (pdu[4], pdu[5]) = (MoreFollows, number);
                break;
            }

            pdu.AddRange([number, (byte)bytes.Length, .. bytes]);
            pdu[6]++;
        }

        return [.. pdu];
    }

    /// <summary>One object by its number; null when there is none.</summary>
    public static byte[]? BuildOne(ModbusIdentity identity, byte number)
    {
        const byte One = 4;
        if (!identity.Objects.TryGetValue(number, out var text))
            return null;
        var bytes = Encoding.UTF8.GetBytes(text);
        return HeadLength + 2 + bytes.Length > MaxLength
            ? null
            :
            [
                ModbusFunction.Encapsulated, ModbusFunction.Identification, One, Conformity(identity), 0, 0, 1,
                number, (byte)bytes.Length, .. bytes,
            ];
    }

    private static byte Conformity(ModbusIdentity identity)
    {
        var last = identity.Objects.Keys.DefaultIfEmpty((byte)0).Max();
        return (byte)(IndividualAccess | (last <= LastObjects[0] ? 1 : last <= LastObjects[1] ? 2 : 3));
    }
}

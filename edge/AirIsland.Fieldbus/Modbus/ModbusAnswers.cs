using System.Buffers.Binary;
using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Fieldbus.Modbus;

/// <summary>What units answer to a request, as function and data. A request that is malformed has no answer.</summary>
internal sealed class ModbusAnswers(IModbusUnits units)
{
    /// <summary>Function, address, and a count or a value.</summary>
    private const int HeadLength = 5;

    private const byte OneObject = 4;

    /// <summary>The answer, or null when the request is malformed.</summary>
    public byte[]? To(byte unit, ReadOnlySpan<byte> pdu)
    {
        try
        {
            return pdu[0] switch
            {
                ModbusFunction.ReadCoils or ModbusFunction.ReadDiscreteInputs => pdu.Length == HeadLength ? ReadBits(unit, pdu) : null,
                ModbusFunction.ReadHolding or ModbusFunction.ReadInput => pdu.Length == HeadLength ? Read(unit, pdu) : null,
                ModbusFunction.WriteCoil => pdu.Length == HeadLength ? WriteCoil(unit, pdu) : null,
                ModbusFunction.WriteOne => pdu.Length == HeadLength ? WriteOne(unit, pdu) : null,
                ModbusFunction.WriteCoils => HasCounted(pdu, HeadLength) ? WriteCoils(unit, pdu) : null,
                ModbusFunction.WriteMany => HasCounted(pdu, HeadLength) ? WriteMany(unit, pdu) : null,
                ModbusFunction.MaskWrite => pdu.Length == HeadLength + 2 ? MaskWrite(unit, pdu) : null,
                ModbusFunction.ReadWrite => HasCounted(pdu, 9) ? ReadWrite(unit, pdu) : null,
                ModbusFunction.Encapsulated => pdu.Length >= 2 ? Identify(unit, pdu) : null,
                _ => Refusal(pdu, ModbusExceptionCode.IllegalFunction),
            };
        }
        catch (ModbusException e)
        {
            return Refusal(pdu, e.Code);
        }
    }

    private static byte[] Refusal(ReadOnlySpan<byte> pdu, ModbusExceptionCode code) =>
        [(byte)(pdu[0] | ModbusFunction.Refusal), (byte)code];

    /// <summary>Whether the byte at that place tells how many bytes follow it.</summary>
    private static bool HasCounted(ReadOnlySpan<byte> pdu, int at) => pdu.Length > at && pdu.Length == at + 1 + pdu[at];

    private byte[] Read(byte unit, ReadOnlySpan<byte> pdu)
    {
        var (address, count) = Range(pdu[1..], ModbusFunction.MaxReadRegisters);
        Span<ushort> registers = stackalloc ushort[count];
        registers.Clear();
        units.Read(pdu[0] == ModbusFunction.ReadHolding ? RegisterTable.Holding : RegisterTable.Input, unit, address, registers);
        return Registers(pdu[0], registers);
    }

    private byte[] ReadBits(byte unit, ReadOnlySpan<byte> pdu)
    {
        var (address, count) = Range(pdu[1..], ModbusFunction.MaxReadBits);
        Span<bool> bits = stackalloc bool[count];
        bits.Clear();
        units.ReadBits(pdu[0] == ModbusFunction.ReadCoils ? RegisterTable.Coil : RegisterTable.DiscreteInput, unit, address, bits);
        var answer = new byte[2 + ModbusData.BytesOf(count)];
        (answer[0], answer[1]) = (pdu[0], (byte)ModbusData.BytesOf(count));
        ModbusData.WriteBits(answer.AsSpan(2), bits);
        return answer;
    }

    private byte[] WriteOne(byte unit, ReadOnlySpan<byte> pdu)
    {
        units.Write(unit, Word(pdu[1..]), [Word(pdu[3..])]);
        return pdu.ToArray();
    }

    private byte[] WriteCoil(byte unit, ReadOnlySpan<byte> pdu)
    {
        if (Word(pdu[3..]) is not (0 or ModbusFunction.CoilOn))
            throw Refused(ModbusExceptionCode.IllegalDataValue);
        units.WriteBits(unit, Word(pdu[1..]), [Word(pdu[3..]) != 0]);
        return pdu.ToArray();
    }

    private byte[] WriteMany(byte unit, ReadOnlySpan<byte> pdu)
    {
        CheckBytes(pdu[HeadLength], 2 * Word(pdu[3..]));
        var (address, _) = Range(pdu[1..], ModbusFunction.MaxWriteRegisters);
        units.Write(unit, address, ModbusData.ReadRegisters(pdu[(HeadLength + 1)..]));
        return pdu[..HeadLength].ToArray();
    }

    private byte[] WriteCoils(byte unit, ReadOnlySpan<byte> pdu)
    {
        CheckBytes(pdu[HeadLength], ModbusData.BytesOf(Word(pdu[3..])));
        var (address, count) = Range(pdu[1..], ModbusFunction.MaxWriteBits);
        units.WriteBits(unit, address, ModbusData.ReadBits(pdu[(HeadLength + 1)..], count));
        return pdu[..HeadLength].ToArray();
    }

    private byte[] MaskWrite(byte unit, ReadOnlySpan<byte> pdu)
    {
        units.MaskWrite(unit, Word(pdu[1..]), Word(pdu[3..]), Word(pdu[5..]));
        return pdu.ToArray();
    }

    private byte[] ReadWrite(byte unit, ReadOnlySpan<byte> pdu)
    {
        CheckBytes(pdu[9], 2 * Word(pdu[7..]));
        var (readAddress, count) = Range(pdu[1..], ModbusFunction.MaxReadRegisters);
        var (writeAddress, _) = Range(pdu[5..], ModbusFunction.MaxReadWriteRegisters);
        Span<ushort> registers = stackalloc ushort[count];
        registers.Clear();
        units.ReadWrite(unit, readAddress, registers, writeAddress, ModbusData.ReadRegisters(pdu[10..]));
        return Registers(pdu[0], registers);
    }

    private byte[]? Identify(byte unit, ReadOnlySpan<byte> pdu)
    {
        if (pdu[1] != ModbusFunction.Identification || units.Identify(unit) is not { } identity)
            return Refusal(pdu, ModbusExceptionCode.IllegalFunction);
        if (pdu.Length != 4)
            return null;
        return pdu[2] switch
        {
            OneObject => IdentityAnswer.BuildOne(identity, pdu[3]) ?? Refusal(pdu, ModbusExceptionCode.IllegalDataAddress),
            >= (byte)ModbusIdentityLevel.Basic and <= (byte)ModbusIdentityLevel.Extended =>
                IdentityAnswer.Build(identity, (ModbusIdentityLevel)pdu[2], pdu[3])
                ?? Refusal(pdu, ModbusExceptionCode.ServerDeviceFailure),
            _ => Refusal(pdu, ModbusExceptionCode.IllegalDataValue),
        };
    }

    private static byte[] Registers(byte function, ReadOnlySpan<ushort> registers)
    {
        var answer = new byte[2 + (2 * registers.Length)];
        (answer[0], answer[1]) = (function, (byte)(2 * registers.Length));
        ModbusData.WriteRegisters(answer.AsSpan(2), registers);
        return answer;
    }

    /// <summary>Address and count, which must be one that the function takes and must not lead beyond the last address.</summary>
    private static (ushort Address, int Count) Range(ReadOnlySpan<byte> data, int most)
    {
        var (address, count) = (Word(data), Word(data[2..]));
        if (count == 0 || count > most)
            throw Refused(ModbusExceptionCode.IllegalDataValue);
        return address + count > 65536 ? throw Refused(ModbusExceptionCode.IllegalDataAddress) : (address, count);
    }

    private static void CheckBytes(byte told, int needed)
    {
        if (told != needed)
            throw Refused(ModbusExceptionCode.IllegalDataValue);
    }

    private static ushort Word(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private static ModbusException Refused(ModbusExceptionCode code) => new(0, code);
}

using AirIsland.Fieldbus.Lines;
using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Fieldbus.Tests.Modbus;

/// <summary>What every line must carry between our client and our server, whatever it is made of.</summary>
internal static class ModbusFunctionSuite
{
    private static readonly ModbusClientOptions Options = new() { Timeout = TimeSpan.FromSeconds(5), Writable = true };

    public static async Task PassesAsync(ILineEndpoint endpoint, ModbusFraming framing, FunctionBank bank)
    {
        await using var client = new ModbusClient(endpoint, framing, Options);
        await RegistersPassAsync(client, bank);
        await BitsPassAsync(client, bank);
        await IdentityPassesAsync(client);
        await RefusalsPassAsync(client);
        Assert.Equal((0, 0), (client.Timeouts, client.StrayFrames));
    }

    private static async Task RegistersPassAsync(ModbusClient client, FunctionBank bank)
    {
        await client.WriteAsync(1, 10, [0x0102], default);
        await client.WriteAsync(1, 11, [.. Enumerable.Range(1, 123).Select(i => (ushort)(i * 500))], default);
        Assert.Equal([0x0102, 500, 1000], bank.Holding[10..13]);
        Assert.Equal(bank.Holding[10..135], await client.ReadAsync(RegisterTable.Holding, 1, 10, 125, default));
        Assert.Equal([9999], await client.ReadAsync(RegisterTable.Input, 1, 1999, 1, default));

        // The example of the specification: 12 and (F2 or) 25 become 17.
        await client.WriteAsync(1, 4, [0x0012], default);
        await client.MaskWriteAsync(1, 4, 0x00F2, 0x0025, default);
        Assert.Equal(0x0017, bank.Holding[4]);

        Assert.Equal([7, 8, 0x0102], await client.ReadWriteAsync(1, 8, 3, 8, [7, 8], default));
    }

    private static async Task BitsPassAsync(ModbusClient client, FunctionBank bank)
    {
        await client.WriteBitsAsync(1, 3, [true], default);
        await client.WriteBitsAsync(1, 20, [true, false, true, true, false, false, true, true, true, false], default);
        Assert.Equal("0001", Text(bank.Coils[..4]));
        Assert.Equal("1011001110", Text(bank.Coils[20..30]));
        Assert.Equal(bank.Coils, await client.ReadBitsAsync(RegisterTable.Coil, 1, 0, 2000, default));
        Assert.Equal("100100100", Text(await client.ReadBitsAsync(RegisterTable.DiscreteInput, 1, 3, 9, default)));
    }

    private static async Task IdentityPassesAsync(ModbusClient client)
    {
        var basic = await client.IdentifyAsync(1, ModbusIdentityLevel.Basic, default);
        Assert.Equal(("AirIsland", "BANK", "1.0", null), (basic.Vendor, basic.ProductCode, basic.Revision, basic.ProductName));

        // More than one frame takes.
        var whole = await client.IdentifyAsync(1, ModbusIdentityLevel.Extended, default);
        Assert.Equal(("气岛", 7), (whole.ProductName, whole.Objects.Count));
        Assert.Equal(new string('y', 100), whole.Objects[0x81]);
    }

    private static async Task RefusalsPassAsync(ModbusClient client)
    {
        var refusal = await Assert.ThrowsAsync<ModbusException>(() => client.ReadAsync(RegisterTable.Holding, 1, 1999, 2, default));
        Assert.Equal((3, ModbusExceptionCode.IllegalDataAddress), (refusal.Function, refusal.Code));
        await Assert.ThrowsAsync<ModbusException>(() => client.ReadBitsAsync(RegisterTable.Coil, 1, 1999, 2, default));
        await Assert.ThrowsAsync<ModbusException>(() => client.ReadWriteAsync(1, 1999, 2, 0, [1], default));
    }

    private static string Text(IEnumerable<bool> bits) => string.Concat(bits.Select(b => b ? '1' : '0'));
}

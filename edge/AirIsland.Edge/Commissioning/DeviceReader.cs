using System.Net.Sockets;
using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Edge.Commissioning;

/// <summary>
/// Reads every point of a profile from one unit, once. A block that is refused is read in parts, so that one bad address hides no other.
/// </summary>
internal sealed class DeviceReader(ModbusClient client, byte unit, DeviceProfile profile)
{
    /// <summary>In the order of the profile.</summary>
    public async Task<IReadOnlyList<PointReading>> ReadAsync(CancellationToken cancellationToken)
    {
        var readings = new Dictionary<string, PointReading>(StringComparer.Ordinal);
        foreach (var block in BlockPlanner.Plan(profile.Points.ToList(), profile.Points.ToList(), ReadLimits.Of(profile)))
            await ReadAsync(block, readings, cancellationToken);
        return [.. profile.Points.Select(p => readings[p.Name])];
    }

    /// <summary>What a point might mean instead; its own registers alone where those beside it cannot be read. Null for a coil.</summary>
    public async Task<Doubt?> DoubtAsync(PointReading reading, CancellationToken cancellationToken)
    {
        var point = reading.Point;
        if (reading.Registers is not { } own || point.Table is RegisterTable.Coil or RegisterTable.DiscreteInput) return null;
        var (before, after) = (await NeighbourAsync(point, point.Address - 1, cancellationToken),
            await NeighbourAsync(point, point.Address + own.Length, cancellationToken));
        return Doubt.Of(point, point.Address - before.Length, [.. before, .. own, .. after]);
    }

    private async Task ReadAsync(ReadBlock block, Dictionary<string, PointReading> readings, CancellationToken cancellationToken)
    {
        try
        {
            var registers = await ReadAsync(block.Table, block.Address, block.Count, cancellationToken);
            foreach (var point in block.Points) readings[point.Name] = PointReading.Of(point, block.Slice(point, registers).ToArray());
        }
        catch (ModbusException) when (block.Halves() is { } halves)
        {
            await ReadAsync(halves.First, readings, cancellationToken);
            await ReadAsync(halves.Second, readings, cancellationToken);
        }
        catch (Exception e) when (IsOutside(e))
        {
            foreach (var point in block.Points) readings[point.Name] = new(point, null, null, null, e.Message);
        }
    }

    private async Task<ushort[]> NeighbourAsync(ProfilePoint point, int address, CancellationToken cancellationToken)
    {
        if (address is < 0 or > ushort.MaxValue) return [];
        try
        {
            return await ReadAsync(point.Table, (ushort)address, 1, cancellationToken);
        }
        catch (Exception e) when (IsOutside(e))
        {
            return [];
        }
    }

    private async Task<ushort[]> ReadAsync(RegisterTable table, ushort address, int count, CancellationToken cancellationToken) =>
        table is RegisterTable.Coil or RegisterTable.DiscreteInput
            ? PointCodec.ToRegisters(await client.ReadBitsAsync(table, unit, address, count, cancellationToken))
            : await client.ReadAsync(table, unit, address, count, cancellationToken);

    private static bool IsOutside(Exception e) => e is ModbusException or TimeoutException or SocketException or IOException;
}

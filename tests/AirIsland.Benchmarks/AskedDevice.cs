using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Benchmarks;

/// <summary>A device whose floats change with every read, and that remembers when its first block was asked for.</summary>
internal sealed class AskedDevice(int seed) : IModbusUnits
{
    private readonly Lock _gate = new();
    private readonly List<long> _asked = [];
    private int _reads = seed;

    public bool Serves(byte unit) => unit == 1;

    public void Read(RegisterTable table, byte unit, ushort address, Span<ushort> into)
    {
        if (address == 0)
        {
            lock (_gate) _asked.Add(TimeProvider.System.GetTimestamp());
        }
        var step = Interlocked.Increment(ref _reads);
        for (var i = 0; i + 1 < into.Length; i += 2)
        {
            var bits = BitConverter.SingleToUInt32Bits(50 + (float)(40 * Math.Sin((step * 0.01) + address + i)));
            (into[i], into[i + 1]) = ((ushort)(bits >> 16), (ushort)bits);
        }
    }

    /// <summary>Milliseconds between the polls since the last call.</summary>
    public IReadOnlyList<double> TakeDistances()
    {
        lock (_gate)
        {
            var distances = new List<double>();
            for (var i = 1; i < _asked.Count; i++)
                distances.Add(TimeProvider.System.GetElapsedTime(_asked[i - 1], _asked[i]).TotalMilliseconds);
            _asked.Clear();
            return distances;
        }
    }
}

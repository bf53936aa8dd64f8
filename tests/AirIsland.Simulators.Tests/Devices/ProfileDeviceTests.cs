using System.Text;
using AirIsland.Fieldbus.Profiles;
using AirIsland.Simulators.Devices;

namespace AirIsland.Simulators.Tests.Devices;

public class ProfileDeviceTests
{
    [Fact]
    public void Points_that_share_a_register_are_served_side_by_side()
    {
        var shown = new Dictionary<string, decimal> { ["Alarm"] = 1, ["Mode"] = 5, ["Level"] = 200, ["Total"] = 10_000_000_000_000_000m };
        var device = new ProfileDevice("dryer", Profile(), ratio: 1, point => shown[point]);
        ushort[] both = new ushort[6], second = new ushort[1];

        device.Read(RegisterTable.Holding, 7, both);
        device.Read(RegisterTable.Holding, 8, second);

        Assert.Equal([0xC851, 0x0001, 0x0000, 0x0000, 0x0000, 0x0000], both);
        Assert.Equal([0x0001], second);
    }

    private static DeviceProfile Profile() => DeviceProfile.Load(new MemoryStream(Encoding.UTF8.GetBytes("""
        {
          "id": "dryer", "name": "n", "source": "s", "protocol": "modbus", "groups": { "g": "00:00:01", "r": "00:01:00" },
          "points": [
            { "name": "Alarm", "group": "g", "kind": "state", "medium": "air", "unit": "1", "resolution": 1,
              "address": 7, "type": "bit", "bit": 0 },
            { "name": "Mode", "group": "g", "kind": "state", "medium": "air", "unit": "1", "resolution": 1,
              "address": 7, "type": "uint16", "bits": "4-6" },
            { "name": "Level", "group": "g", "kind": "level", "medium": "air", "unit": "%", "resolution": 1,
              "address": 7, "type": "uint8", "byte": "high" },
            { "name": "Total", "group": "r", "kind": "register", "medium": "water", "unit": "m3", "resolution": 1,
              "address": 8, "type": "bcd80" }
          ]
        }
        """)), "dryer");
}

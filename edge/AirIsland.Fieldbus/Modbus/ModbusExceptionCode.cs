namespace AirIsland.Fieldbus.Modbus;

/// <summary>Why a Modbus device refuses a request, as numbered by the protocol.</summary>
public enum ModbusExceptionCode
{
    IllegalFunction = 1,
    IllegalDataAddress = 2,
    IllegalDataValue = 3,
    ServerDeviceFailure = 4,
    Acknowledge = 5,
    ServerDeviceBusy = 6,
    NegativeAcknowledge = 7,
    MemoryParityError = 8,
    GatewayPathUnavailable = 10,
    GatewayTargetFailed = 11,
}

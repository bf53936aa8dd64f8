"""A server by pymodbus: RTU over TCP, or with the argument "tcp" Modbus TCP; unit 1 only. Holding register n holds n + 8000, input
register n the complement of that; coil n is set where n is a multiple of 3, discrete input n where the coil is not. Prints its port as
the first line."""
import asyncio
import sys

from pymodbus.datastore import ModbusSequentialDataBlock, ModbusServerContext, ModbusSlaveContext
from pymodbus.device import ModbusDeviceIdentification
from pymodbus.server.async_io import ModbusTcpServer
from pymodbus.transaction import ModbusRtuFramer, ModbusSocketFramer

SIZE = 1000


async def main():
    values = [n + 8000 for n in range(SIZE)]
    bits = [n % 3 == 0 for n in range(SIZE)]
    unit = ModbusSlaveContext(
        hr=ModbusSequentialDataBlock(0, values),
        ir=ModbusSequentialDataBlock(0, [v ^ 0xFFFF for v in values]),
        co=ModbusSequentialDataBlock(0, bits),
        di=ModbusSequentialDataBlock(0, [not b for b in bits]),
        zero_mode=True,
    )
    identity = ModbusDeviceIdentification({0x00: "peers", 0x01: "PM", 0x02: "3.0", 0x05: "a model"})
    server = ModbusTcpServer(
        ModbusServerContext(slaves={1: unit}, single=False),
        framer=ModbusSocketFramer if sys.argv[1:] == ["tcp"] else ModbusRtuFramer,
        identity=identity,
        address=("127.0.0.1", 0),
        ignore_missing_slaves=True,
    )
    serving = asyncio.ensure_future(server.serve_forever())
    await server.serving
    print(server.server.sockets[0].getsockname()[1], flush=True)
    await serving


asyncio.run(main())

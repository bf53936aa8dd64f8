"""A server by pymodbus: RTU over TCP, or with the argument "tcp" Modbus TCP; unit 1 only. Holding register n holds n + 8000, input
register n the complement of that; coil n is set where n is a multiple of 3, discrete input n where the coil is not. A read that
begins at 901 to 911 is refused with code 1 to 11; at 920 it is answered 0.8 s late, at 921 not at all, at 922 with bytes that are no
frame, at 923 after the answer of another unit, at 924 with half a frame. Prints its port as the first line."""
import asyncio
import logging
import sys
import time

from pymodbus.datastore import ModbusSequentialDataBlock, ModbusServerContext, ModbusSlaveContext
from pymodbus.device import ModbusDeviceIdentification
from pymodbus.pdu import ExceptionResponse
from pymodbus.server.async_io import ModbusTcpServer
from pymodbus.transaction import ModbusRtuFramer, ModbusSocketFramer

SIZE = 1000


def trouble(framer):
    """What the answers to some reads become: the answer, and whether it is bytes already."""

    def manipulate(response):
        registers = getattr(response, "registers", None)
        fault = registers[0] - 8900 if registers else 0
        if 1 <= fault <= 11:
            refusal = ExceptionResponse(response.function_code, fault)
            refusal.transaction_id, refusal.unit_id = response.transaction_id, response.unit_id
            return refusal, False
        if fault == 20:
            time.sleep(0.8)
        elif fault == 21:
            return b"", True
        elif fault == 22:
            return bytes(range(200, 240)), True
        elif fault == 23:
            right = framer.buildPacket(response)
            response.unit_id += 1
            return framer.buildPacket(response) + right, True
        elif fault == 24:
            return framer.buildPacket(response)[:-3], True
        return response, False

    return manipulate


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
    framer = ModbusSocketFramer if sys.argv[1:] == ["tcp"] else ModbusRtuFramer
    server = ModbusTcpServer(
        ModbusServerContext(slaves={1: unit}, single=False),
        framer=framer,
        identity=identity,
        address=("127.0.0.1", 0),
        ignore_missing_slaves=True,
        response_manipulator=trouble(framer(None)),
    )
    serving = asyncio.ensure_future(server.serve_forever())
    await server.serving
    print(server.server.sockets[0].getsockname()[1], flush=True)
    await serving


logging.disable(logging.CRITICAL)
asyncio.run(main())

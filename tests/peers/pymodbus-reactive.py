"""The reactive server of pymodbus: Modbus TCP, units 1 and 2, holding register n holds n + 8000. What it does to its answers is posted as
JSON to the web port that is its argument: {"response_type": "normal|error|delayed|empty|stray", "error_code": 1, "delay_by": 0.5,
"clear_after": 0}. Its own program does not start under Python 3.11, which wants one event loop: so this is its start alone. Prints the
Modbus port as the first line."""
import asyncio
import logging
import sys

from pymodbus.datastore import ModbusSequentialDataBlock, ModbusServerContext, ModbusSlaveContext
from pymodbus.server.reactive.main import ReactiveServer


async def main():
    values = [n + 8000 for n in range(1000)]
    units = {u: ModbusSlaveContext(hr=ModbusSequentialDataBlock(0, values), zero_mode=True) for u in (1, 2)}
    reactive = ReactiveServer.factory(
        "tcp",
        context=ModbusServerContext(slaves=units, single=False),
        host="127.0.0.1",
        modbus_port=0,
        web_port=int(sys.argv[1]),
        ignore_missing_slaves=True,
    )
    modbus = reactive._modbus_server
    await reactive.run_async()
    await modbus.serving
    print(modbus.server.sockets[0].getsockname()[1], flush=True)
    await asyncio.Event().wait()


logging.disable(logging.CRITICAL)
asyncio.run(main())

// A server by jsmodbus: Modbus TCP, or with the argument "rtu" RTU over TCP. Holding register n holds n + 8000, input register n the
// complement of that; coil n is set where n is a multiple of 3, discrete input n where the coil is not. Prints its port as the first
// line.
const net = require("net");
const modbus = require("jsmodbus");

const size = 1000;
const tables = {
  holding: Buffer.alloc(2 * size),
  input: Buffer.alloc(2 * size),
  coils: Buffer.alloc(size / 8),
  discrete: Buffer.alloc(size / 8),
};
for (let n = 0; n < size; n++) {
  tables.holding.writeUInt16BE(n + 8000, 2 * n);
  tables.input.writeUInt16BE((n + 8000) ^ 0xffff, 2 * n);
  tables[n % 3 === 0 ? "coils" : "discrete"][n >> 3] |= 1 << (n % 8);
}

const listener = new net.Server();
if (process.argv[2] === "rtu") listener.on("connection", (socket) => new modbus.server.RTU(socket, tables));
else new modbus.server.TCP(listener, tables);
listener.listen(0, "127.0.0.1", () => console.log(listener.address().port));

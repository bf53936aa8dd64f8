// A Modbus TCP server by modbus-serial, unit 1 only. A holding register holds its address + 8000 until it is written; an input
// register holds the complement of that; address 500 is refused. A coil is set where its address is a multiple of 3 until it is
// written, a discrete input where the coil is not. Prints its port as the first line.
const { ServerTCP } = require("modbus-serial");

const written = new Map();
const coils = new Map();

const holding = (address) => {
  if (address === 500) throw { modbusErrorCode: 2, msg: "illegal address" };
  return written.get(address) ?? (address + 8000) & 0xffff;
};
const coil = (address) => coils.get(address) ?? address % 3 === 0;

const vector = {
  getHoldingRegister: holding,
  getInputRegister: (address) => holding(address) ^ 0xffff,
  setRegister: (address, value) => { written.set(address, value); },
  getCoil: coil,
  getDiscreteInput: (address) => !coil(address),
  setCoil: (address, value) => { coils.set(address, value); },
  readDeviceIdentification: () => ({ 0x00: "peers", 0x01: "MS", 0x02: "8.0", 0x05: "a model" }),
};

// "0" and not 0: a false port is taken for the default one.
const server = new ServerTCP(vector, { host: "127.0.0.1", port: "0", unitID: 1 });
server.on("initialized", () => console.log(server._server.address().port));

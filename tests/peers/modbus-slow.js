// A Modbus TCP server by modbus-serial whose unit 3 answers after four seconds, and every other unit at once. A holding register holds its
// address + 8000. Prints its port as the first line.
const { ServerTCP } = require("modbus-serial");

const vector = {
  getHoldingRegister: (address, unit, callback) => setTimeout(() => callback(null, address + 8000), unit === 3 ? 4000 : 0),
};
const server = new ServerTCP(vector, { host: "127.0.0.1", port: "0", unitID: 255 });
server.on("initialized", () => console.log(server._server.address().port));

// So many clients by jsmodbus, each on a connection of its own: all connect, then each sends eight reads at once without waiting for an
// answer. Takes the port of the server and the number; unit 1's holding register n must hold n. Prints 0, then how many clients had every
// answer right and how many did not, as JSON.
const net = require("net");
const modbus = require("jsmodbus");

const [port, count] = process.argv.slice(2).map(Number);
const run = async () => {
  const sockets = await Promise.all(Array.from({ length: count }, () => new Promise((resolve, reject) => {
    const socket = new net.Socket();
    const client = new modbus.client.TCP(socket, 1, 30000);
    socket.on("error", reject);
    socket.connect({ host: "127.0.0.1", port }, () => resolve({ socket, client }));
  })));
  const ask = async ({ client }, i) => {
    const reads = Array.from({ length: 8 }, (_, k) => client.readHoldingRegisters(i + k, 10));
    const answers = await Promise.all(reads);
    return answers.every((a, k) => a.response.body.valuesAsArray.every((v, r) => v === i + k + r));
  };
  const right = (await Promise.all(sockets.map(ask))).filter((x) => x).length;
  console.log(JSON.stringify({ right, wrong: count - right }));
  sockets.forEach(({ socket }) => socket.end());
};

console.log(0);
run().catch((e) => { console.log(`failed: ${e.message ?? JSON.stringify(e)}`); process.exit(1); });

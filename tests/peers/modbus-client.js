// A client by modbus-serial of unit 1: RTU over TCP, or with the argument "tcp" Modbus TCP, where it also has functions 22 and 43. Takes
// the port of the server; prints 0, then what it read after it had written, as JSON.
const ModbusRTU = require("modbus-serial");

const main = async () => {
  const client = new ModbusRTU();
  const address = ["127.0.0.1", { port: Number(process.argv[2]) }];
  const tcp = process.argv[3] === "tcp";
  await (tcp ? client.connectTCP(...address) : client.connectTelnet(...address));
  client.setID(1);
  client.setTimeout(5000);
  await client.writeRegister(10, 0x0102);
  await client.writeRegisters(11, [500, 1000]);
  await client.writeCoil(3, true);
  await client.writeCoils(20, [true, false, true, true, false, false, true, true, true, false]);
  if (tcp) await client.maskWriteRegister(12, 0xfff0, 0x0005);
  const report = {
    holding: (await client.readHoldingRegisters(10, 3)).data,
    input: (await client.readInputRegisters(1999, 1)).data,
    coils: (await client.readCoils(20, 10)).data.slice(0, 10),
    inputs: (await client.readDiscreteInputs(3, 4)).data.slice(0, 4),
    vendor: tcp ? (await client.readDeviceIdentification(1, 0)).data[0] : "",
    refusal: await client.readHoldingRegisters(1999, 2).then(() => 0, (e) => e.modbusCode),
  };
  console.log(JSON.stringify(report));
  client.close(() => process.exit(0));
};

console.log(0);
main().catch((e) => { console.log(`failed: ${e.message}`); process.exit(1); });

// A Modbus TCP server by modbus-serial, units 1 to 10, whose holding registers hold noise that unit and address decide. Takes a JSON file
// of tags, each {unit, address, type, order, bit}, and writes beside it (.expected) what they mean, decoded here with Buffer and BigInt:
// a text, or null where there is no number. Prints its port as the first line.
const fs = require("fs");
const { ServerTCP } = require("modbus-serial");

const word = (unit, address) => {
  let x = (Math.imul(unit, 0x9e3779b1) ^ Math.imul(address + 1, 0x85ebca6b)) >>> 0;
  x = Math.imul(x ^ (x >>> 15), 0x2c1b3c6d) >>> 0;
  // Every other pair looks like a float of everyday size.
  return address % 4 === 0 ? 0x4100 | (x & 0x3ff) : (x >>> 8) & 0xffff;
};

const sizes = { UInt16: 1, Int16: 1, UInt8: 1, Bit: 1, Bcd: 1, UInt32: 2, Int32: 2, Float32: 2, UInt64: 4, Int64: 4, Float64: 4 };
// Where each byte of the wire belongs, A being the most significant.
const orders = {
  1: { ABCD: "AB", CDAB: "AB", BADC: "BA", DCBA: "BA" },
  2: { ABCD: "ABCD", CDAB: "CDAB", BADC: "BADC", DCBA: "DCBA" },
  4: { ABCD: "ABCDEFGH", CDAB: "GHEFCDAB", BADC: "BADCFEHG", DCBA: "HGFEDCBA" },
};

const decode = ({ unit, address, type, order, bit }) => {
  const size = sizes[type];
  const wire = Buffer.alloc(2 * size);
  for (let i = 0; i < size; i++) wire.writeUInt16BE(word(unit, address + i), 2 * i);
  const b = Buffer.alloc(2 * size);
  [...orders[size][order]].forEach((letter, at) => { b[letter.charCodeAt(0) - 65] = wire[at]; });
  const float = (x) => (Number.isFinite(x) && Math.abs(x) <= 1e15 ? x.toString() : null);
  switch (type) {
    case "UInt16": return b.readUInt16BE(0).toString();
    case "Int16": return b.readInt16BE(0).toString();
    case "UInt8": return b[1].toString();
    case "Bit": return ((b.readUInt16BE(0) >> bit) & 1).toString();
    case "Bcd": return /^[0-9]{4}$/.test(b.toString("hex")) ? parseInt(b.toString("hex"), 10).toString() : null;
    case "UInt32": return b.readUInt32BE(0).toString();
    case "Int32": return b.readInt32BE(0).toString();
    case "Float32": return float(b.readFloatBE(0));
    case "UInt64": return b.readBigUInt64BE(0) > 0x7fffffffffffffffn ? null : b.readBigUInt64BE(0).toString();
    case "Int64": return b.readBigInt64BE(0).toString();
    case "Float64": return float(b.readDoubleBE(0));
    default: throw new Error(type);
  }
};

const tags = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
fs.writeFileSync(`${process.argv[2]}.expected`, JSON.stringify(tags.map(decode)));
const vector = { getHoldingRegister: (address, unit) => word(unit, address) };
const server = new ServerTCP(vector, { host: "127.0.0.1", port: "0", unitID: 255 });
server.on("initialized", () => console.log(server._server.address().port));

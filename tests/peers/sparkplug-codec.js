// Payloads by sparkplug-payload. "decode HEX..." prints each as a line of JSON; "encode JSON..." prints each as a line of hex. The first
// line is 0. Numbers of 64 bits are written as decimal text.
const codec = require("sparkplug-payload").get("spBv1.0");
const Long = require("long");

const plain = (key, value) => (Long.isLong(value) ? value.toString() : value);

const [mode, ...items] = process.argv.slice(2);
console.log(0);
for (const item of items) {
  console.log(mode === "decode"
    ? JSON.stringify(codec.decodePayload(Buffer.from(item, "hex")), plain)
    : Buffer.from(codec.encodePayload(JSON.parse(item))).toString("hex"));
}

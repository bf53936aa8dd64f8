// An edge node by sparkplug-client: Plant/gate with the device meter. Takes the broker's port; sends the flow, counting up from 1, every
// 50 ms. "drop" on standard input loses one message: its number is taken, nothing is sent. The first line it prints is 0; then "birth" for
// each of its births.
const sparkplug = require("sparkplug-client");

const client = sparkplug.newClient({
  serverUrl: `mqtt://127.0.0.1:${process.argv[2]}`, username: "", password: "", groupId: "Plant", edgeNode: "gate", clientId: "gate",
});
let flow = 0;
let timer;

const bear = () => {
  clearInterval(timer);
  client.publishNodeBirth({
    timestamp: Date.now(),
    metrics: [{ name: "Node Control/Rebirth", type: "Boolean", value: false, timestamp: Date.now() }],
  });
  client.publishDeviceBirth("meter", {
    timestamp: Date.now(),
    metrics: [
      {
        name: "Inputs/Flow", alias: 1, type: "Int32", value: ++flow, timestamp: Date.now(),
        properties: { engUnit: { type: "String", value: "m3/min" } },
      },
      { name: "Inputs/Pressure", alias: 2, type: "Float", value: 0.7, timestamp: 1000 },
      { name: "Total", alias: 3, type: "UInt64", value: 100, timestamp: 1000 },
      { name: "Serial", alias: 4, type: "String", value: "A1", timestamp: 1000 },
    ],
  });
  console.log("birth");
  timer = setInterval(() => client.publishDeviceData("meter", {
    timestamp: Date.now(),
    metrics: [{ alias: 1, type: "Int32", value: ++flow, timestamp: Date.now() }],
  }), 50);
};

client.on("birth", bear);
client.on("ncmd", (payload) => {
  if (payload.metrics.some((m) => m.name === "Node Control/Rebirth" && m.value)) bear();
});
process.stdin.on("data", () => client.incrementSeqNum());
console.log(0);

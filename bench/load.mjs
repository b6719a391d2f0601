// Serves a large record and has 20 clients ask for every screen: first each address once, as nobody has asked before, then all of them
// again and again. Then asks for `/v1/events` with its ETag. Prints what 50, 90 and 97.5 of 100 answers took, and the server's memory.
//
//     AUTOCANNON=FOLDER/node_modules node bench/load.mjs POLYBIUS large.db
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { get } from "node:http";
import { createRequire } from "node:module";

const require = createRequire(`${process.env.AUTOCANNON || "."}/x.js`);
const autocannon = require("autocannon");
const [program, record] = process.argv.slice(2);
const CLIENTS = 20;

const server = spawn(program, ["serve", record, "--port", "0"], { stdio: ["ignore", "ignore", "pipe"] });
const base = await new Promise((resolve) => {
  let said = "";
  server.stderr.on("data", (data) => { said += data; const found = said.match(/http:\/\/[^/\s]+(?=\/)/); if (found) resolve(found[0]); });
});
const memory = () => readFileSync(`/proc/${server.pid}/status`, "utf8").match(/VmHWM:\s+(\d+)/)[1] / 1024;
// Milliseconds that the server's threads have really worked, which tell more than the clock where others work too.
const worked = () => readFileSync(`/proc/${server.pid}/stat`, "utf8").split(") ")[1].split(" ").slice(11, 13).reduce((sum, ticks) => sum + Number(ticks) * 10, 0);
const fetched = (path) => new Promise((resolve, reject) => {
  const began = performance.now();
  get(base + path, (answer) => {
    let text = "";
    answer.setEncoding("utf8").on("data", (part) => { text += part; }).on("end", () => resolve({ answer, text, took: performance.now() - began }));
  }).on("error", reject);
});

// Addresses of every kind of screen, some of each, of those who are in the record.
const { actors } = JSON.parse((await fetched("/v1/actors?limit=12")).text);
const codes = actors.map((actor) => actor.code);
const { events } = JSON.parse((await fetched("/v1/events?order=latest&limit=20")).text);
const months = ["2021-02", "2022-05", "2023-08", "2024-03"].map((month) => `from=${month}-01&to=${month}-28`);
const screens = {
  today: ["/", `/?actor=${codes[0]}`],
  dyad: ["/dyad", ...codes.slice(1, 7).map((code) => `/dyad?actor=${codes[0]}&recipient=${code}`)],
  actor: ["/actor", ...codes.slice(0, 6).map((code) => `/actor/${code}`)],
  event: events.slice(0, 10).map((event) => `/event/${event.event_id}`),
  incident: events.slice(0, 10).map((event) => `/incident/${event.record.incident}`),
  article: events.slice(0, 6).map((event) => `/article?id=${event.document_id}&outlet=${encodeURIComponent(event.outlet)}`),
  network: ["/network", `/network?ego=${codes[1]}`, "/network?quad=3,4", ...months.map((month) => `/network?${month}`)],
  map: ["/map", `/map?actor=${codes[2]}`, ...months.map((month) => `/map?${month}`)],
  timeline: ["/timeline", `/timeline?lanes=${codes.slice(0, 3).join(",")}`],
  claims: ["/claims", ...codes.slice(0, 4).map((code) => `/claims?actor=${code}`)],
  contradictions: ["/contradictions", `/contradictions?actor=${codes[0]}`],
  expectations: ["/expectations", `/expectations?actor=${codes[0]}`],
  reports: ["/reports", `/reports?actor=${codes[0]}&order=latest`, `/reports?type=ASSAULT&${months[0]}`],
  health: ["/health"],
  codebook: ["/codebook", "/codebook/ASSAULT"],
  search: ["/search?words=troops", "/search?words=border+AND+village"],
  articles: ["/articles", "/articles?by=month&period=2023-03"],
};

const shown = (name, result) => {
  const { latency, errors, requests } = result;
  const answers = ["2xx", "3xx", "4xx", "5xx"].filter((kind) => result[kind]).map((kind) => `${result[kind]} ${kind}`);
  console.log(`${name.padEnd(17)} p50 ${latency.p50}, p90 ${latency.p90}, p97.5 ${latency.p97_5}, most ${latency.max} ms, ${requests.average.toFixed(0)} a second: ${answers.join(", ")}${errors ? `, ${errors} errors` : ""}`);
};
// A visitor may ask a thousand times a second; who asks more is told to wait.
const load = (options) => autocannon({ url: base, connections: CLIENTS, overallRate: 900, ...options });

console.log("each address once, one client, nothing kept: ms by the clock/of the processor");
for (const [name, addresses] of Object.entries(screens)) {
  const took = [];
  for (const address of addresses) {
    const before = worked();
    const ms = (await fetched(address)).took;
    took.push(`${ms.toFixed(0)}/${worked() - before}`);
  }
  console.log(`${name.padEnd(15)} ${took.join(" ")}`);
}
console.log(`memory ${memory().toFixed(0)} MB`);
console.log(`every screen, ${CLIENTS} clients, 10 s each`);
for (const [name, addresses] of Object.entries(screens)) shown(name, await load({ duration: 10, requests: addresses.map((path) => ({ method: "GET", path })) }));
console.log("all screens mixed, 20 s");
shown("mixed", await load({ duration: 20, requests: Object.values(screens).flat().map((path) => ({ method: "GET", path })) }));
const etag = (await fetched("/v1/events?actor=" + codes[0])).answer.headers.etag;
shown("/v1/events, ETag", await load({ duration: 10, overallRate: 1000, requests: [{ method: "GET", path: "/v1/events?actor=" + codes[0], headers: { "if-none-match": etag } }] }));
console.log(`memory ${memory().toFixed(0)} MB`);
server.kill("SIGINT");

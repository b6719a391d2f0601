// The demonstration, served, and a browser to look at it with.
import { spawn } from "node:child_process";
import { get } from "node:http";
import { chromium } from "playwright-core";

// Starts the server on a free port; gives its address and how to end it.
export async function serve() {
  const server = spawn(process.env.POLYBIUS, ["serve", "--demo", "--port", "0"], { stdio: ["ignore", "ignore", "pipe"] });
  const base = await new Promise((resolve, reject) => {
    let said = "";
    server.stderr.on("data", (data) => {
      said += data;
      const found = said.match(/http:\/\/[^/\s]+(?=\/)/);
      if (found) resolve(found[0]);
    });
    server.on("exit", (code) => reject(new Error(`the server ended with ${code}: ${said}`)));
  });
  const end = () => new Promise((resolve) => { server.on("exit", (code) => resolve(code)); server.kill("SIGINT"); });
  return { base, end };
}

export const browse = () => chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });

// Every screen by name; those of one event are found by asking.
export async function screens(base) {
  const found = await json(`${base}/v1/events?actor=PER&recipient=ECU&type=ASSAULT&limit=1`);
  const [event] = found.events;
  const read = new URLSearchParams({
    text: "Russia denied on Tuesday that it had shelled Kharkiv, Reuters reported. Heavy rain threatened Ukraine with floods.",
    published: "2025-03-04",
  });
  return {
    today: "/",
    dyad: "/dyad?actor=ECU&recipient=PER",
    dyads: "/dyad",
    event: `/event/${event.event_id}`,
    incident: `/incident/${event.record.incident}`,
    actor: "/actor/ECU",
    actors: "/actor",
    network: "/network",
    map: "/map",
    timeline: "/timeline",
    claims: "/claims",
    contradictions: "/contradictions",
    expectations: "/expectations",
    read: `/read?${read}`,
    health: "/health",
    codebook: "/codebook",
    type: "/codebook/RETREAT",
    scale: "/codebook/scale",
    article: "/article?id=amman_2015-02-05",
    articles: "/articles",
    reports: "/reports?actor=PER&recipient=ECU",
    rows: "/reports?actor=PER&recipient=ECU&status=happened&by=month&period=2025-11&count=incidents",
    search: "/search?words=border",
    keys: "/keys",
    nowhere: "/nowhere",
  };
}

// `fetch` would ask a proxy where there is one.
const json = (address) => new Promise((resolve, reject) => {
  get(address, async (answer) => {
    try { resolve(JSON.parse((await answer.setEncoding("utf8").toArray()).join(""))); } catch (error) { reject(error); }
  }).on("error", reject);
});

export const SIZES = {
  light: { viewport: { width: 1280, height: 900 }, colorScheme: "light" },
  dark: { viewport: { width: 1280, height: 900 }, colorScheme: "dark" },
  phone: { viewport: { width: 390, height: 844 }, colorScheme: "light" },
};

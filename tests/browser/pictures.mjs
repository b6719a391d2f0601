// Takes the pictures of docs/pictures: every screen in light, in dark and on a phone, each of what a visitor sees first.
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { browse, screens, serve, SIZES } from "./site.mjs";

const WANTED = ["today", "dyad", "actor", "event", "incident", "network", "map", "timeline", "claims", "contradictions", "expectations", "read", "health", "codebook"];
const folder = process.env.PICTURES ?? fileURLToPath(new URL("../../docs/pictures/", import.meta.url));
mkdirSync(folder, { recursive: true });
const { base, end } = await serve();
const browser = await browse();
const all = await screens(base);
for (const size of ["light", "dark", "phone"]) {
  // A little smaller than the screens that are tested, so that the files stay small.
  const viewport = size === "phone" ? SIZES.phone.viewport : { width: 1080, height: 680 };
  const context = await browser.newContext({ ...SIZES[size], viewport });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  for (const screen of WANTED) {
    await page.goto(base + all[screen]);
    const { data } = await devtools.send("Page.captureScreenshot", { format: "webp", quality: 72 });
    writeFileSync(`${folder}/${screen}-${size}.webp`, Buffer.from(data, "base64"));
  }
  await context.close();
}
await browser.close();
await end();

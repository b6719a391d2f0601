// Takes the pictures of docs/pictures: each small, each of what a visitor sees first.
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { browse, screens, serve, SIZES } from "./site.mjs";

const WANTED = [["today", "light"], ["dyad", "light"], ["event", "light"], ["network", "dark"], ["map", "light"], ["timeline", "dark"], ["read", "dark"]];
const folder = fileURLToPath(new URL("../../docs/pictures/", import.meta.url));
mkdirSync(folder, { recursive: true });
const { base, end } = await serve();
const browser = await browse();
const all = await screens(base);
for (const [screen, size] of WANTED) {
  // A little smaller than the screens that are tested, so that the files stay small.
  const viewport = size === "phone" ? SIZES.phone.viewport : { width: 1080, height: 680 };
  const page = await (await browser.newContext({ ...SIZES[size], viewport })).newPage();
  await page.goto(base + all[screen]);
  await page.screenshot({ path: `${folder}${screen}-${size}.png` });
  await page.context().close();
}
await browser.close();
await end();

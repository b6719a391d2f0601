// What must hold on every screen of the demonstration.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { browse, screens, serve, SIZES } from "./site.mjs";

const AXE = readFileSync(new URL("./node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
let site, browser, all;

before(async () => {
  site = await serve();
  browser = await browse();
  all = await screens(site.base);
});

after(async () => {
  await browser?.close();
  const code = await site?.end();
  assert.equal(code, 0, "the server ends well when it is told to");
});

// A page that notes what the console says and where requests go.
async function open(options = {}) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.notes = [];
  page.on("console", (message) => { if (["error", "warning"].includes(message.type())) page.notes.push(`console: ${message.text()}`); });
  page.on("pageerror", (error) => page.notes.push(`error: ${error.message}`));
  page.on("request", (request) => { if (!request.url().startsWith(site.base)) page.notes.push(`leaves the host: ${request.url()}`); });
  return page;
}

// Words of ordinary length that stand on two lines.
function broken() {
  const found = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    if (!text.parentElement.checkVisibility() || text.parentElement.closest("svg, datalist, select, textarea, .unseen")) continue;
    for (const word of text.data.matchAll(/[\p{L}\p{N}]{3,20}/gu)) {
      const range = document.createRange();
      range.setStart(text, word.index);
      range.setEnd(text, word.index + word[0].length);
      const lines = new Set([...range.getClientRects()].filter((box) => box.width > 0.5).map((box) => Math.round(box.top / 4)));
      if (lines.size > 1) found.push(`${word[0]} in ${text.parentElement.outerHTML.slice(0, 80)}`);
    }
  }
  return found;
}

for (const [name, size] of Object.entries(SIZES)) {
  test(`no screen has a fault (${name})`, async () => {
    // The policy of the pages forbids the checker too, so that it is let in by the browser alone.
    const page = await open({ ...size, bypassCSP: true });
    for (const [screen, address] of Object.entries(all)) {
      const answer = await page.goto(site.base + address);
      assert.equal(answer.status(), screen === "nowhere" ? 404 : 200, screen);
      await page.evaluate(AXE);
      const { violations } = await page.evaluate(() => axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"] }));
      const serious = violations.filter((one) => ["serious", "critical"].includes(one.impact));
      assert.deepEqual(serious.map((one) => `${screen}: ${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html).join(" | ")}`), []);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(overflow <= 0, `${screen} is ${overflow} pixels too wide`);
      assert.deepEqual(await page.evaluate(broken), [], `${screen} breaks words`);
      const notes = page.notes.filter((note) => !(screen === "nowhere" && note.includes("404")));
      assert.deepEqual(notes, [], screen);
      page.notes.length = 0;
    }
    await page.context().close();
  });
}

test("the policy of the pages holds in the browser", async () => {
  const page = await open(SIZES.light);
  for (const screen of ["today", "dyad", "map", "network"]) await page.goto(site.base + all[screen]);
  assert.deepEqual(page.notes, []);
  const ran = await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "window.ran = true;";
    document.body.append(script);
    const image = new Image();
    image.setAttribute("onerror", "window.ran = true;");
    image.src = "/assets/nothing.png";
    document.body.append(image);
    return new Promise((resolve) => { image.addEventListener("error", () => setTimeout(() => resolve(window.ran === true), 50)); });
  });
  assert.equal(ran, false);
  assert.ok(page.notes.some((note) => note.includes("Content Security Policy")), "the browser says why");
  await page.context().close();
});

test("every number on Dyad opens rows that add up to it", async () => {
  const page = await open(SIZES.light);
  await page.goto(site.base + all.dyad);
  const shown = await page.$$eval("section.figures td a, .wide svg a:has(text.count)", (links) => links.map((link) => [link.getAttribute("href"), Number(link.textContent)]));
  const bars = await page.$$eval(".wide svg a:has(rect[class^=q] title), .wide svg a:has(rect.coverage title)", (links) => links.map((link) => [link.getAttribute("href"), Number(link.querySelector("title").textContent.match(/: (\d+)/)[1])]));
  assert.ok(shown.length > 60 && bars.length > 40, `${shown.length} numbers, ${bars.length} bars`);
  const counts = new Map();
  for (const [address, number] of [...shown, ...bars]) {
    if (!counts.has(address)) {
      await page.goto(site.base + address);
      counts.set(address, await page.$eval("[data-count]", (list) => [Number(list.dataset.count), list.querySelectorAll(":scope > li").length]));
    }
    assert.deepEqual(counts.get(address), [number, number], address);
  }
  await page.context().close();
});

test("permalinks give the screen again", async () => {
  const page = await open(SIZES.light);
  const main = () => page.$eval("main", (main) => main.innerText);
  for (const screen of ["today", "dyad", "actor", "network", "map", "timeline", "claims", "contradictions", "expectations", "reports"]) {
    await page.goto(site.base + all[screen]);
    const [shown, permalink] = [await main(), await page.$eval("a.permalink", (link) => link.getAttribute("href"))];
    assert.match(permalink, /as_of=/);
    await page.goto(site.base + permalink);
    assert.equal(await main(), shown, screen);
    assert.match(await page.locator(".reach").innerText(), /as it stood on/);
  }
  await page.context().close();
});

test("the keyboard alone reaches everything", async () => {
  const page = await open(SIZES.light);
  for (const screen of ["today", "event", "dyad", "read", "map"]) {
    await page.goto(site.base + all[screen]);
    const wanted = await page.evaluate(() => {
      const all = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")];
      const seen = all.filter((one) => one.checkVisibility() && !one.closest("details:not([open]) > :not(summary)"));
      seen.forEach((one, index) => { one.dataset.number = index; });
      return seen.length;
    });
    const reached = new Set();
    for (let n = 0; n < wanted + 20; n += 1) {
      await page.keyboard.press("Tab");
      const number = await page.evaluate(() => document.activeElement?.dataset?.number);
      if (number !== undefined) reached.add(number);
    }
    assert.equal(reached.size, wanted, screen);
  }
  await page.goto(site.base + all.today);
  await page.keyboard.press("g");
  await page.keyboard.press("d");
  await page.waitForURL("**/dyad");
  await page.keyboard.press("/");
  assert.equal(await page.evaluate(() => document.activeElement.id), "search");
  await page.goto(site.base + all.reports);
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/event/*");
  await page.context().close();
});

test("pages are complete without scripts", async () => {
  const [plain, scripted] = [await open({ ...SIZES.light, javaScriptEnabled: false }), await open(SIZES.light)];
  for (const [screen, address] of Object.entries(all)) {
    await plain.goto(site.base + address);
    await scripted.goto(site.base + address);
    // What only scripts can do is not there without them.
    const text = async (page) => {
      await page.evaluate(() => { for (const one of document.querySelectorAll(".scripted, .zoom, .slider")) one.remove(); });
      return (await page.locator("main").innerText()).replace(/\s+/g, " ");
    };
    assert.equal(await text(plain), await text(scripted), screen);
  }
  await plain.goto(`${site.base}/read`);
  await plain.fill("textarea", "Russia attacked Ukraine on Monday.");
  await plain.click("text=Read it");
  assert.match(await plain.locator("main").innerText(), /1 event/);
  await plain.context().close();
  await scripted.context().close();
});

test("the map goes through time, and spans of charts can be drawn", async () => {
  const page = await open(SIZES.light);
  await page.goto(site.base + all.map);
  const world = () => page.locator("svg.map g").innerHTML();
  const before = await world();
  await page.focus(".slider input");
  await page.keyboard.press("ArrowRight");
  await page.waitForURL("**/map?*from=*");
  const [address, after] = [page.url(), await world()];
  assert.notEqual(after, before);
  await page.goto(address);
  assert.equal(await world(), after, "the slider shows what the address shows");
  for (const screen of ["dyad", "timeline"]) {
    await page.goto(site.base + all[screen]);
    const box = await page.locator(".wide svg[data-brush]").boundingBox();
    await page.mouse.move(box.x + box.width * 0.5, box.y + 12);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.6, box.y + 20);
    await page.mouse.move(box.x + box.width * 0.7, box.y + 12);
    await page.mouse.up();
    await page.waitForURL("**from=*");
    const asked = new URL(page.url()).searchParams;
    assert.ok(asked.get("from") < asked.get("to"), `${screen}: ${page.url()}`);
    await page.click(".zoom.spans button[aria-label='All days']");
    await page.waitForURL((url) => !url.searchParams.has("from"));
  }
  assert.deepEqual(page.notes, []);
  await page.context().close();
});

test("a report is retracted and shown again", async () => {
  const page = await open(SIZES.light);
  await page.goto(site.base + all.event);
  await page.click("text=Retract this report");
  await page.fill("details[open] input[name=reason]", "a test");
  await page.click("details[open] button");
  assert.match(await page.locator("main").innerText(), /holds no longer[\s\S]*retracted: a test/);
  await page.fill("input[name=reason]", "it was right");
  await page.click("text=Show it again");
  assert.match(await page.locator("main").innerText(), /What was coded/);
  await page.context().close();
});

test("the theme is kept, and filters ask for what they mean", async () => {
  const page = await open(SIZES.light);
  await page.goto(site.base + all.today);
  await page.click("[data-theme-button]");
  await page.goto(site.base + all.map);
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "dark");
  await page.keyboard.press("f");
  await page.selectOption("select[name=status]", "denied");
  await page.waitForURL("**/map?status=denied");
  await page.context().close();
});

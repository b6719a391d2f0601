// What scripts add to pages that are complete without them: keys, live filters, dropped files, zoom, hover in the network, the theme.
"use strict";
(() => {
  const root = document.documentElement;
  const stored = { get: (key) => { try { return localStorage.getItem(key); } catch { return null; } }, set: (key, value) => { try { localStorage.setItem(key, value); } catch { /* The choice then lasts for this page. */ } } };
  const chosen = stored.get("theme");
  if (chosen === "light" || chosen === "dark") root.dataset.theme = chosen;
  const themeButton = document.querySelector("[data-theme-button]");
  if (themeButton) {
    themeButton.hidden = false;
    themeButton.addEventListener("click", () => {
      const isDark = (root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
      root.dataset.theme = isDark ? "light" : "dark";
      stored.set("theme", root.dataset.theme);
    });
  }

  // Where the sections do not fit, the one that is open can be seen.
  const open = document.querySelector(".sections [aria-current]");
  const row = open && open.closest("ul");
  if (row && row.scrollWidth > row.clientWidth) row.scrollLeft = Math.max(0, open.offsetLeft - row.offsetLeft - 40);

  // Forms ask for what they mean and nothing else, and do so as soon as a choice is made.
  for (const form of document.querySelectorAll("form")) {
    if ((form.getAttribute("method") || "get").toLowerCase() !== "get") continue;
    form.addEventListener("submit", () => { for (const field of form.elements) if (field.name && field.value === "") field.disabled = true; });
    addEventListener("pageshow", () => { for (const field of form.elements) field.disabled = false; });
    if ("live" in form.dataset) form.addEventListener("change", (event) => { if (event.target.matches("select, input[type=checkbox], input[type=date]") && form.checkValidity()) form.requestSubmit(); });
  }

  // Keys.
  let isGoing = false;
  let at = -1;
  const items = () => [...document.querySelectorAll("main article.incident, main article.report, main article.claim, main article.expectation, main article.contradiction")];
  const step = (by) => {
    const all = items();
    if (!all.length) return;
    at = Math.max(0, Math.min(all.length - 1, at + by));
    const link = all[at].querySelector("h3 a, h2 a, .words a, blockquote a, a");
    all.forEach((item, index) => item.classList.toggle("selected", index === at));
    if (link) link.focus();
    all[at].scrollIntoView({ block: "nearest" });
  };
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
    if (isGoing) {
      isGoing = false;
      const link = document.querySelector(`.sections a[data-key="${CSS.escape(event.key)}"]`);
      if (link) { event.preventDefault(); location.assign(link.href); }
      return;
    }
    const filters = document.querySelector("details.filters");
    const next = document.querySelector('a[rel="next"]');
    if (event.key === "g") isGoing = true;
    else if (event.key === "/") { event.preventDefault(); document.getElementById("search").focus(); }
    else if (event.key === "f" && filters) { event.preventDefault(); filters.open = true; filters.querySelector("input:not([type=hidden]), select").focus(); }
    else if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key === "n" && next) location.assign(next.href);
    else if (event.key === "?") location.assign("/keys");
  });

  // A text file dropped on the form for articles is put into it.
  for (const form of document.querySelectorAll("[data-drop]")) {
    const mark = (isOver) => form.classList.toggle("dropping", isOver);
    form.addEventListener("dragover", (event) => { event.preventDefault(); mark(true); });
    form.addEventListener("dragleave", () => mark(false));
    form.addEventListener("drop", async (event) => {
      event.preventDefault();
      mark(false);
      const file = event.dataTransfer.files[0];
      form.elements.text.value = file ? (await file.text()).slice(0, form.elements.text.maxLength) : event.dataTransfer.getData("text");
    });
  }

  // In the network, whoever is pointed at keeps his lines and neighbours; the rest steps back.
  for (const plot of document.querySelectorAll("svg.network")) {
    const nodes = [...plot.querySelectorAll("[data-code]")];
    const edges = [...plot.querySelectorAll("[data-ends]")];
    const show = (code) => {
      const near = new Set([code]);
      for (const edge of edges) {
        const ends = edge.dataset.ends.split(" ");
        const isNear = !code || ends.includes(code);
        edge.classList.toggle("dim", !isNear);
        if (isNear) ends.forEach((end) => near.add(end));
      }
      for (const node of nodes) node.classList.toggle("dim", Boolean(code) && !near.has(node.dataset.code));
    };
    for (const node of nodes) {
      node.addEventListener("pointerenter", () => show(node.dataset.code));
      node.addEventListener("pointerleave", () => show(null));
      node.addEventListener("focusin", () => show(node.dataset.code));
      node.addEventListener("focusout", () => show(null));
    }
  }

  // The map can be enlarged, and moved when it is.
  for (const map of document.querySelectorAll("svg[data-zoom]")) {
    const whole = map.getAttribute("viewBox").split(" ").map(Number);
    let box = [...whole];
    const draw = () => map.setAttribute("viewBox", box.map((value) => value.toFixed(1)).join(" "));
    const zoom = (factor, x = box[0] + box[2] / 2, y = box[1] + box[3] / 2) => {
      const width = Math.min(whole[2], Math.max(whole[2] / 16, box[2] * factor));
      const scale = width / box[2];
      box = [x - (x - box[0]) * scale, y - (y - box[1]) * scale, width, box[3] * scale];
      if (width === whole[2]) box = [...whole];
      draw();
    };
    const buttons = document.createElement("div");
    buttons.className = "zoom";
    for (const [label, name, act] of [["+", "Enlarge", () => zoom(0.6)], ["−", "Make smaller", () => zoom(1 / 0.6)], ["○", "The whole world", () => { box = [...whole]; draw(); }]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = label;
      button.setAttribute("aria-label", name);
      button.addEventListener("click", act);
      buttons.append(button);
    }
    map.after(buttons);
    let from = null;
    map.addEventListener("pointerdown", (event) => { if (box[2] < whole[2]) from = [event.clientX, event.clientY]; });
    addEventListener("pointerup", () => { from = null; });
    map.addEventListener("pointermove", (event) => {
      if (!from) return;
      const scale = box[2] / map.clientWidth;
      box[0] -= (event.clientX - from[0]) * scale;
      box[1] -= (event.clientY - from[1]) * scale;
      from = [event.clientX, event.clientY];
      draw();
    });
  }
})();

// Looks at pages in Chromium: axe, and what only a laid out page shows.
//
// Standard input lists paths; standard output gets the findings. Beside a page `NAME.html` there may be `NAME.csp`, the
// content security policy that it is served with. A page may load what lies beside it, and nothing else.

import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { withChromium } from "./chromium.mjs";
import * as inPage from "./in-page.mjs";
import { paths, report } from "./report.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];

/** The narrowest screen that WCAG asks for, those on which the layout just changes, and a desk. */
const WIDTHS = [320, 769, 1120, 1200, 1280];

/** The widths at which axe looks too, which takes the longest. */
const WIDTHS_OF_AXE = [320, 1280];
const HEIGHT = 900;

/** What a browser asks a site for by itself, whatever the page says. */
const FAVICON = "/favicon.ico";

/** How many pages are looked at side by side. */
const TABS = 2;

/** Serves the files of the folders that pages lie in. */
function serve(folders) {
  const server = createServer((request, response) => {
    if (request.url === FAVICON) {
      response.writeHead(204).end();
      return;
    }
    const [, folder, name] = /^\/(\d+)\/([^/?]+)$/.exec(decodeURIComponent(request.url)) ?? [];
    const path = folder === undefined ? undefined : join(folders[Number(folder)], basename(name));
    if (path === undefined || !existsSync(path)) {
      response.writeHead(404).end();
      return;
    }
    const headers = { "content-type": path.endsWith(".css") ? "text/css" : "text/html; charset=utf-8" };
    const policy = path.replace(/\.html$/, ".csp");
    if (policy !== path && existsSync(policy)) {
      headers["content-security-policy"] = readFileSync(policy, "utf8").trim();
    }
    response.writeHead(200, headers).end(readFileSync(path));
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

/** Sets what the reader's device prefers. */
async function prefer(devtools, { scheme = "light", media = "screen", forcedColours = false }) {
  await devtools.send("Emulation.setEmulatedMedia", {
    media,
    features: [
      { name: "prefers-color-scheme", value: scheme },
      { name: "forced-colors", value: forcedColours ? "active" : "none" },
      { name: "prefers-reduced-motion", value: "reduce" },
    ],
  });
}

async function axe(page, rules) {
  const run = rules === undefined ? { type: "tag", values: TAGS } : { type: "rule", values: rules };
  const { violations } = await page.evaluate(
    (runOnly) => window.axe.run(document, { runOnly, resultTypes: ["violations"] }),
    run,
  );
  return violations.map(({ id, help, nodes }) => [`axe ${id}`, `${help}: ${nodes[0].html.slice(0, 160)}`]);
}

/** What is wrong with one page. */
async function judge(browser, address, path) {
  const found = new Map();
  const add = (place, findings) => {
    for (const [rule, words] of findings) {
      // The first place is enough: what is wrong on a phone is often wrong on a desk.
      if (!found.has(`${rule} ${words}`)) found.set(`${rule} ${words}`, { path, rule, words, place });
    }
  };
  const page = await browser.newPage();
  const devtools = await page.createCDPSession();
  // Of several pages side by side, each has the keyboard.
  await devtools.send("Emulation.setFocusEmulationEnabled", { enabled: true });
  const beside = new URL(".", address).href;
  page.on("request", (request) => {
    const wanted = request.url();
    const own = wanted === address || (wanted.startsWith(beside) && wanted.endsWith(".css"));
    const byItself = wanted === new URL(FAVICON, address).href;
    if (!own && !byItself && wanted.split("#")[0] !== address) add("loading", [["request", `it asks for ${wanted}`]]);
  });
  page.on("pageerror", (error) => add("loading", [["script", String(error)]]));
  page.on("console", (message) => add("loading", [["console", message.text()]]));
  await page.evaluateOnNewDocument(() => {
    window.refused = [];
    addEventListener("securitypolicyviolation", (event) => {
      window.refused.push(`${event.effectiveDirective} ${event.blockedURI}`);
    });
  });
  await page.setViewport({ width: WIDTHS[0], height: HEIGHT });
  await prefer(devtools, {});
  await page.goto(address, { waitUntil: "load" });
  await page.evaluate(AXE);

  for (const width of WIDTHS) {
    await page.setViewport({ width, height: HEIGHT });
    const place = `at ${width} px`;
    await prefer(devtools, {});
    add(place, await page.evaluate(inPage.reflow));
    add(place, await page.evaluate(inPage.reading));
    add(place, await page.evaluate(inPage.targets));
    if (WIDTHS_OF_AXE.includes(width)) {
      add(`${place}, light`, await axe(page));
      await prefer(devtools, { scheme: "dark" });
      // All that the dark changes are colours.
      add(`${place}, dark`, await axe(page, ["color-contrast", "link-in-text-block"]));
      await prefer(devtools, {});
    }
    add(`${place}, with wide spacing`, await page.evaluate(inPage.wideSpacing));
  }
  await prefer(devtools, { forcedColours: true });
  add("in forced colours", await page.evaluate(inPage.target));
  await prefer(devtools, { scheme: "dark" });
  add("in the dark", await page.evaluate(inPage.target));
  add("in the dark", await page.evaluate(inPage.ground, "dark"));
  await prefer(devtools, {});
  add("in the light", await page.evaluate(inPage.ground, "light"));
  add("by keyboard", await keyboard(page));
  await page.setViewport({ width: 794, height: 1123 });
  await prefer(devtools, { media: "print", scheme: "dark" });
  add("on paper", await page.evaluate(inPage.paper));
  const refused = await page.evaluate(() => window.refused);
  add("loading", refused.map((words) => ["content security policy", words]));
  await page.close();
  return [...found.values()];
}

/** Walks to the first links with the keyboard. */
async function keyboard(page) {
  const findings = [];
  await page.evaluate(() => document.activeElement?.blur());
  for (let step = 0; step < 5; step += 1) {
    await page.keyboard.press("Tab");
    findings.push(...(await page.evaluate(inPage.focused)));
  }
  return findings;
}

const all = paths();
const folders = [...new Set(all.map((path) => dirname(path)))];
const server = await serve(folders);
const { port } = server.address();
const findings = [];
try {
  await withChromium(async (browser) => {
    const left = [...all];
    const work = async () => {
      for (let path = left.shift(); path !== undefined; path = left.shift()) {
        const folder = folders.indexOf(dirname(path));
        const address = `http://127.0.0.1:${port}/${folder}/${encodeURIComponent(basename(path))}`;
        findings.push(...(await judge(browser, address, path)));
      }
    };
    await Promise.all(Array.from({ length: TABS }, work));
  });
} finally {
  server.close();
  server.closeAllConnections();
}
report(findings);

// Takes the pictures of `docs/`: `screenshots.mjs PAGES DOCS`, where PAGES holds the pages and DOCS gets the pictures.

import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { withChromium } from "./chromium.mjs";

const [pages, docs] = process.argv.slice(2).map((path) => resolve(path));

const LIGHT = { width: 1280, height: 960 };
const DARK = { ...LIGHT, scheme: "dark" };
const PHONE = { width: 390, height: 844 };
const PAPER = { width: 794, height: 1123, media: "print" };

/** Which page, where in it, seen how, and the file that shows it. */
const PICTURES = [
  ["convox-console", "", LIGHT, "convox-console"],
  ["sentry-2017", "", LIGHT, "pages/sentry-2017-light"],
  ["sentry-2017", "", DARK, "pages/sentry-2017-dark"],
  ["sentry-2017", "", PHONE, "pages/sentry-2017-phone"],
  ["sentry-2017", "", PAPER, "pages/sentry-2017-paper"],
  ["strideway", "section-california", LIGHT, "pages/strideway-light"],
  ["strideway", "section-california", DARK, "pages/strideway-dark"],
  ["strideway", "section-california", PHONE, "pages/strideway-phone"],
  ["strideway", "", PAPER, "pages/strideway-paper"],
  ["wrenbook", "section-recipients", LIGHT, "pages/wrenbook-light"],
  ["wrenbook", "section-recipients", DARK, "pages/wrenbook-dark"],
  ["wrenbook", "section-recipients", PHONE, "pages/wrenbook-phone"],
  ["wrenbook", "", PAPER, "pages/wrenbook-paper"],
  ["larder-cookie-page", "", LIGHT, "pages/larder-cookies-light"],
  ["larder-cookie-page", "section-list", PHONE, "pages/larder-cookies-phone"],
];

await withChromium(async (browser) => {
  for (const [name, place, { width, height, scheme = "light", media = "screen" }, file] of PICTURES) {
    const page = await browser.newPage();
    await page.setViewport({ width, height });
    await page.emulateMediaType(media);
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    await page.goto(pathToFileURL(join(pages, `${name}.html`)).href);
    // A picture of another place than the one that is asked for would be a wrong one.
    const found = await page.evaluate((id) => {
      const target = document.getElementById(id);
      target?.scrollIntoView();
      return id === "" || target !== null;
    }, place);
    if (!found) throw new Error(`there is no #${place} in ${name}`);
    if (media === "print") {
      // The shell script makes a picture of the first sheet.
      await page.pdf({ path: join(pages, `${basename(file)}.pdf`), format: "a4", preferCSSPageSize: true });
    } else {
      await page.screenshot({ path: join(docs, `${file}.png`) });
    }
    await page.close();
  }
});

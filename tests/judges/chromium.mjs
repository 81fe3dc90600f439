// Starts the Chromium of this machine, without anything that would ask the network for something.

import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import puppeteer from "puppeteer-core";

const PATH = process.env.CHROMIUM ?? "/usr/bin/chromium";

const ARGUMENTS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--hide-scrollbars",
  // No name but this machine's own is looked up, so that a page which asks for something is found out and not served.
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];

/** Calls `use` with a browser that has a fresh profile, and leaves nothing behind. */
export async function withChromium(use) {
  if (!existsSync(PATH)) throw new Error(`there is no ${PATH}`);
  const profile = mkdtempSync(join(tmpdir(), "judges-"));
  const browser = await puppeteer.launch({
    executablePath: PATH,
    args: [...ARGUMENTS, `--user-data-dir=${profile}`],
    ignoreDefaultArgs: true,
    // Reading the pages of a long policy takes a while on a busy machine.
    protocolTimeout: 300_000,
  }).catch((error) => {
    rmSync(profile, { recursive: true, force: true });
    throw error;
  });
  try {
    return await use(browser);
  } finally {
    await browser.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

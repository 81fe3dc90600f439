// What the judges read and write: paths in, findings out.

import { readFileSync } from "node:fs";

/** The paths on standard input, one in a line. */
export function paths() {
  return readFileSync(0, "utf8").split("\n").filter((line) => line !== "");
}

/** Prints findings: one JSON object in a line, with a path, the name of a rule, words and a place. */
export function report(findings) {
  process.stdout.write(findings.map((finding) => `${JSON.stringify(finding)}\n`).join(""));
}

// Reads pages with html-validate. Standard input lists their paths, one in a line; standard output gets the findings.

import { readFileSync } from "node:fs";
import { HtmlValidate, StaticConfigLoader } from "html-validate";
import { paths, report } from "./report.mjs";

const validator = new HtmlValidate(
  new StaticConfigLoader({
    root: true,
    extends: ["html-validate:recommended", "html-validate:document"],
    rules: {
      "heading-level": ["error", { minInitialRank: "h1" }],
      // A stylesheet of the same site needs no hash.
      "require-sri": ["error", { target: "crossorigin" }],
      // The title is the author's.
      "long-title": "off",
    },
  }),
);

const findings = [];
for (const path of paths()) {
  const { results } = await validator.validateString(readFileSync(path, "utf8"), path);
  for (const message of results.flatMap((result) => result.messages)) {
    findings.push({ path, rule: message.ruleId, words: message.message, place: `${message.line}:${message.column}` });
  }
}
report(findings);

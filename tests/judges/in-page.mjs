// What is looked at inside a page. Each function runs in the browser by itself and gives findings: a rule and words.
//
// INVARIANT: no function uses a name from outside of it, because only its own text is sent to the page.

/** Nothing is scrolled sideways, except a table within its own box. */
export function reflow() {
  const root = document.documentElement;
  const width = root.clientWidth;
  if (root.scrollWidth <= width) return [];
  const widest = [...document.body.querySelectorAll("*")]
    .filter((element) => element.closest("thead") === null && element.getBoundingClientRect().right > width + 1)
    .at(-1);
  return [["reflow", `the page is ${root.scrollWidth} px wide: ${widest?.outerHTML.slice(0, 160)}`]];
}

/** The text may be spaced as WCAG 1.4.12 asks for, and nothing is cut off or scrolled. */
export function wideSpacing() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }",
  );
  document.adoptedStyleSheets = [sheet];
  const root = document.documentElement;
  const findings = [];
  if (root.scrollWidth > root.clientWidth) findings.push(["text spacing", `the page is ${root.scrollWidth} px wide`]);
  document.adoptedStyleSheets = [];
  return findings;
}

/** Lines are short enough to be read, and have room. */
export function reading() {
  const findings = [];
  const lengths = [];
  for (const paragraph of document.querySelectorAll(".policy p, .policy li, p")) {
    const style = getComputedStyle(paragraph);
    if (paragraph.closest("nav, td, th, details") !== null || paragraph.querySelector("ul, ol, p") !== null) continue;
    const lines = Math.round(paragraph.getBoundingClientRect().height / parseFloat(style.lineHeight));
    if (lines >= 4) lengths.push(paragraph.textContent.length / (lines - 0.4));
    const ratio = parseFloat(style.lineHeight) / parseFloat(style.fontSize);
    if (!(ratio >= 1.5)) findings.push(["line height", `${ratio} in ${paragraph.outerHTML.slice(0, 80)}`]);
  }
  lengths.sort((left, right) => left - right);
  const median = lengths[Math.floor(lengths.length / 2)] ?? 66;
  if (median > 80) findings.push(["line length", `a line has ${Math.round(median)} characters`]);
  return findings.slice(0, 3);
}

/** What is pressed outside of running text is at least 24 pixels high and wide. */
export function targets() {
  const findings = [];
  const alone = (link) => {
    const block = link.closest("p, li, td, th, caption, div, h1, h2, h3, h4, h5, h6");
    return block !== null && block.textContent.trim() === link.textContent.trim();
  };
  for (const target of document.querySelectorAll("a[href], summary, button")) {
    if (!target.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true })) continue;
    const { width, height, left } = target.getBoundingClientRect();
    if (left < 0 || target.closest("td, th") !== null) continue;
    if ((target.localName !== "a" || alone(target)) && (width < 24 || height < 23.99)) {
      findings.push(["target size", `${width} × ${height}: ${target.outerHTML.slice(0, 120)}`]);
    }
  }
  return findings.slice(0, 3);
}

/** The place that an address leads to is marked. */
export function target() {
  const place = [...document.querySelectorAll("span[id], h2[id], h3[id]")].at(-1);
  if (place === undefined) return [];
  const look = () => {
    const { backgroundColor, outlineStyle, boxShadow } = getComputedStyle(place);
    return [backgroundColor, outlineStyle, boxShadow].join();
  };
  location.hash = "";
  const before = look();
  location.hash = place.id;
  const after = look();
  const findings = before === after ? [["target", `#${place.id} is not marked`]] : [];
  if (document.getAnimations().length > 0) findings.push(["motion", "something moves"]);
  location.hash = "";
  scrollTo(0, 0);
  return findings;
}

/** The ground is light or dark as the reader prefers. */
export function ground(scheme) {
  // A page without a ground of its own has that of the canvas, which a reader in the dark sees as white.
  const colour = getComputedStyle(document.querySelector(".policy, [class$=policy]") ?? document.body).backgroundColor;
  const [red, green, blue, alpha = 1] = (colour.match(/[\d.]+/g) ?? []).map(Number);
  const dark = alpha > 0 && red + green + blue < 3 * 80;
  return dark === (scheme === "dark") ? [] : [["colour scheme", `the ground is ${colour}`]];
}

/** What has the focus can be seen to have it. */
export function focused() {
  const element = document.activeElement;
  if (element === null || element === document.body) return [];
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  const { left, top, right, bottom } = element.getBoundingClientRect();
  const findings = [];
  if (outlineStyle === "none" || parseFloat(outlineWidth) < 2) {
    findings.push(["focus", `it is not shown on ${element.outerHTML.slice(0, 120)}`]);
  }
  if (right <= 0 || bottom <= 0 || left >= innerWidth || top >= innerHeight) {
    findings.push(["focus", `it is outside of the screen on ${element.outerHTML.slice(0, 120)}`]);
  }
  return findings;
}

/** On paper: dark on white, the addresses beside the links, no navigation, and nothing cut off. */
export function paper() {
  const findings = [];
  for (const chrome of document.querySelectorAll("nav, .skip, [class$=skip]")) {
    if (chrome.checkVisibility()) findings.push(["paper", `it prints ${chrome.outerHTML.slice(0, 80)}`]);
  }
  const rgb = (colour) => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const ground = rgb(getComputedStyle(document.querySelector(".policy, [class$=policy]") ?? document.body).backgroundColor);
  if (ground[3] !== 0 && ground.slice(0, 3).some((part) => part < 250)) findings.push(["paper", `the ground is ${ground}`]);
  for (const element of document.querySelectorAll("h1, h2, h3, p, li, td, th, a")) {
    const [red, green, blue] = rgb(getComputedStyle(element).color);
    if (red + green + blue > 3 * 100) {
      findings.push(["paper", `the ink is pale: ${element.outerHTML.slice(0, 80)}`]);
      break;
    }
  }
  for (const link of document.querySelectorAll("a[href^=http]")) {
    const shown = link.textContent + getComputedStyle(link, "::after").content;
    const bare = link.getAttribute("href").replace(/^https?:\/\//, "").replace(/\/$/, "");
    if (!shown.includes(bare)) findings.push(["paper", `the address is not shown: ${link.outerHTML.slice(0, 120)}`]);
  }
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) findings.push(["paper", `it is cut off at ${root.clientWidth} px`]);
  return findings.slice(0, 5);
}

// Keeps the frame in step with the last build. It is part of the preview alone; pages hold no script that runs.
"use strict";

const page = document.getElementById("page");
const findings = document.getElementById("findings");
const shown = { ...document.body.dataset };

new EventSource("/events").addEventListener("build", async (event) => {
  const now = JSON.parse(event.data);
  if (now.version === shown.version) return;
  shown.version = now.version;
  const answer = await fetch("/findings");
  if (answer.ok) findings.innerHTML = await answer.text();
  if (now.content === shown.content) return;
  shown.content = now.content;
  // The list of pages may have changed as well, but the place in the page is worth more.
  if (page) page.contentWindow.location.reload();
  else location.reload();
});

// A link from one page to another leads the frame along.
page?.addEventListener("load", () => {
  const { pathname, hash } = page.contentWindow.location;
  const address = pathname.replace(/^\/page\//, "/view/") + hash;
  if (!pathname.endsWith(".html") || address === location.pathname + location.hash) return;
  history.replaceState(null, "", address);
  document.title = `${page.contentDocument.title} · preview`;
  for (const link of document.querySelectorAll("nav a")) {
    if (link.pathname === address.replace(/#.*/, "")) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
});

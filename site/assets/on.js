// Says which text of each policy was in force on a day, by the file beside the
// page. Without this script the page says it of the day of the build.
// @ts-check
"use strict";

(async () => {
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form.on"));
  if (!form) return;
  const day = /** @type {HTMLInputElement} */ (form.elements.namedItem("day"));
  const root = form.dataset.to || "";
  const { policies } = await (await fetch("./index.json")).json();
  const written = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeZone: "UTC" });

  /** @param {string} path @param {string} text */
  const link = (path, text) => {
    const a = document.createElement("a");
    a.href = root + path;
    a.textContent = text;
    return a;
  };

  const show = () => {
    if (!day.value) return;
    for (const { id, spells } of policies) {
      const row = document.querySelector(`tr[data-policy="${CSS.escape(id)}"]`);
      const then = spells.filter((/** @type {{from: string}} */ spell) => spell.from <= day.value).at(-1);
      if (!row) continue;
      const [version, since, changes] = row.querySelectorAll("td");
      if (then?.label) {
        version.replaceChildren(link(then.path, then.label));
        since.textContent = written.format(new Date(then.from));
        changes.replaceChildren(link(then.since, then.label + " →"));
      } else {
        version.textContent = form.dataset.none || "";
        since.textContent = changes.textContent = "";
      }
    }
    const said = form.querySelector("[role=status]");
    if (said) said.textContent = written.format(new Date(day.value));
  };

  form.hidden = false;
  const asked = new URLSearchParams(location.search).get("day");
  if (asked) day.value = asked;
  day.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  if (asked) show();
})().catch(() => {});

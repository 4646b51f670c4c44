// Says which text of each policy was in force on a day, what was announced then,
// and where the proof is, by the file beside the page. Without this script the page
// says it of the day of the build.
// @ts-check
"use strict";

/**
 * @typedef {{from: string, label: string, path?: string, since?: string, sha256?: string, proof?: string}} Spell
 * @typedef {{from: string, until: string, effective: string, label: string, path: string, compare?: string}} Coming
 */

(async () => {
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form.on"));
  if (!form) return;
  const day = /** @type {HTMLInputElement} */ (form.elements.namedItem("day"));
  const said = form.dataset;
  /** @type {{on: string, policies: {id: string, spells: Spell[], coming: Coming[]}[]}} */
  const { on, policies } = await (await fetch("./index.json")).json();
  const { lang } = document.documentElement;
  const written = new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, { dateStyle: "long", timeZone: "UTC" }); // as the pages write days

  /** @param {string} name @param {string} text */
  const make = (name, text) => Object.assign(document.createElement(name), { textContent: text });

  /** @param {string} text @returns {HTMLElement} */
  const time = (text) => {
    const element = make("time", written.format(new Date(text)));
    element.setAttribute("datetime", text);
    return element;
  };

  /** @param {string} [path] @param {string} [text] */
  const link = (path, text = "") => {
    const a = make("a", text);
    a.setAttribute("href", said.to + (path || ""));
    return a;
  };

  /** A version, named by its day where it has no other name. @param {string} label */
  const named = (label) => {
    const [, date, nth] = /^(\d{4}-\d\d-\d\d)(?:\.(\d+))?$/.exec(label) || [];
    return date ? written.format(new Date(date)) + (nth ? ` (${nth})` : "") : label;
  };

  /** Words with a day in them. @param {string} [text] @param {string} [date] */
  const dated = (text = "", date = "") => {
    const [before, after] = text.split("%s");
    return [before, time(date), after];
  };

  /** The version that is in force on the day. @param {Spell} spell @param {Spell} [today] the one that is today */
  const stood = (spell, today) => [
    link(spell.path, named(spell.label)),
    ...(spell.label === spell.from ? [] : [" ", ...dated(said.since, spell.from)]),
    ...(spell.label === today?.label ? [] : [" · ", link(spell.since, spell.from > on ? said.coming : said.changes)]),
  ];

  /** A version that was announced. @param {Coming} version */
  const awaited = (version) => {
    const p = document.createElement("p");
    p.append(link(version.path, named(version.label)), " ", ...dated(said.from, version.effective));
    if (version.compare) p.append(" · ", link(version.compare, said.coming));
    return p;
  };

  const show = () => {
    if (!day.value) return;
    for (const { id, spells, coming } of policies) {
      const cells = document.querySelector(`tr[data-policy="${CSS.escape(id)}"]`)?.querySelectorAll("td");
      if (!cells) continue;
      const then = spells.filter((spell) => spell.from <= day.value).at(-1);
      const today = spells.filter((spell) => spell.from <= on).at(-1);
      const ahead = coming.filter((version) => version.from <= day.value && day.value < version.until);
      ahead.sort((x, y) => (x.effective < y.effective ? -1 : 1));
      cells[0].replaceChildren(...(then?.label ? stood(then, today) : [said.none || ""]));
      cells[1].replaceChildren(...ahead.map(awaited));
      cells[2].replaceChildren(...(then?.label ? [link(then.proof, said.proof), " ", make("code", (then.sha256 || "").slice(0, 12))] : []));
    }
    document.querySelector("p.day time")?.replaceWith(time(day.value));
  };

  form.hidden = false;
  const asked = new URLSearchParams(location.search).get("day");
  if (asked) day.value = asked;
  day.addEventListener("input", () => {
    show();
    history.replaceState(null, "", "?day=" + day.value);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  if (asked) show();
})().catch(() => {});

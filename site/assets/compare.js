// Compares any two versions on the page that lists the ready comparisons. It
// reads both texts as the site publishes them, and sends nothing. Without this
// script the page leads to the comparisons that are ready.
// @ts-check
"use strict";

(() => {
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form.compare"));
  const out = /** @type {HTMLElement | null} */ (document.querySelector(".compared"));
  if (!form || !out) return;
  const { from, to, view } = /** @type {Record<string, HTMLSelectElement>} */ (/** @type {unknown} */ (form.elements));
  const said = form.dataset;

  /** @param {string} name @param {...(string | Node)} inside */
  const make = (name, ...inside) => {
    const element = document.createElement(name);
    element.append(...inside);
    return element;
  };

  /** @param {string} version @returns {Promise<string[]>} its blocks, headings marked by a tab */
  const read = async (version) => {
    const answer = await fetch("../" + encodeURIComponent(version) + "/index.json");
    if (!answer.ok) throw new Error(answer.statusText);
    const blocks = [];
    for (const clause of (await answer.json()).clauses) {
      const parts = clause.text.split("\n\n");
      if (clause.title && parts[0].trimEnd().endsWith(clause.title)) parts[0] = "\t" + parts[0]; // one that runs into the text is no heading
      blocks.push(...parts);
    }
    return blocks;
  };

  /**
   * The longest common subsequence: pairs of places, in order.
   * @param {string[]} a @param {string[]} b @returns {[number, number][]}
   */
  const common = (a, b) => {
    let start = 0;
    let end = 0;
    while (start < a.length && start < b.length && a[start] === b[start]) start++;
    while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
    const rows = a.length - start - end;
    const columns = b.length - start - end;
    /** @type {[number, number][]} */
    const pairs = [];
    for (let i = 0; i < start; i++) pairs.push([i, i]);
    if (rows * columns && rows * columns < 6e6) {
      const wide = columns + 1;
      const best = new Uint32Array((rows + 1) * wide);
      for (let i = rows; i--; )
        for (let k = columns; k--; )
          best[i * wide + k] = a[start + i] === b[start + k] ? best[(i + 1) * wide + k + 1] + 1 : Math.max(best[(i + 1) * wide + k], best[i * wide + k + 1]);
      for (let i = 0, k = 0; i < rows && k < columns; )
        if (a[start + i] === b[start + k]) pairs.push([start + i++, start + k++]);
        else if (best[(i + 1) * wide + k] >= best[i * wide + k + 1]) i++;
        else k++;
    }
    for (let i = end; i; i--) pairs.push([a.length - i, b.length - i]);
    return pairs;
  };

  /** @param {string} text */
  const words = (text) => text.match(/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]|[\p{L}\p{M}\p{N}]+\s*|\s+|.\s*/gu) || [];

  /** How much of the longer of two texts they share. @param {string} a @param {string} b */
  const alike = (a, b) => {
    const left = words(a);
    const right = words(b);
    return common(left, right).length / Math.max(left.length, right.length, 1);
  };

  /**
   * The rows of a comparison: both texts beside each other, or one that came or went.
   * @param {string[]} a @param {string[]} b @returns {[string | undefined, string | undefined][]}
   */
  const rows = (a, b) => {
    /** @type {[string | undefined, string | undefined][]} */
    const list = [];
    let i = 0;
    let k = 0;
    for (const [x, y] of [...common(a, b), /** @type {[number, number]} */ ([a.length, b.length])]) {
      while (i < x || k < y) {
        const other = i < x ? b.slice(k, Math.min(y, k + 8)).findIndex((text) => alike(a[i], text) > 0.5) : -1;
        if (i < x && other < 0) list.push([a[i++], undefined]);
        else {
          for (let n = i < x ? other : y - k; n--; ) list.push([undefined, b[k++]]);
          if (i < x) list.push([a[i++], b[k++]]);
        }
      }
      if (x < a.length) list.push([a[i++], b[k++]]);
    }
    return list;
  };

  /** @param {"ins" | "del"} kind @param {string} text */
  const mark = (kind, text) => {
    const label = make("span", said[kind] + ": ");
    label.className = "visually-hidden";
    return make(kind, label, text);
  };

  /** Marks words, and not the space behind them. @param {"ins" | "del"} kind @param {string} text */
  const marked = (kind, text) => {
    const end = text.trimEnd().length || text.length;
    return [mark(kind, text.slice(0, end)), text.slice(end)];
  };

  /**
   * The words of a row: of both sides, or with one kind of mark left out.
   * @param {string | undefined} a @param {string | undefined} b @param {string} [without]
   */
  const told = (a, b, without) => {
    const heading = (b ?? a ?? "").startsWith("\t");
    const element = make(heading ? "h3" : "p");
    const left = words((a ?? "").trimStart());
    const right = words((b ?? "").trimStart());
    let i = 0;
    let k = 0;
    /** @param {number} x @param {number} y */
    const upTo = (x, y) => {
      if (x > i && without !== "del") element.append(...marked("del", left.slice(i, x).join("")));
      if (y > k && without !== "ins") element.append(...marked("ins", right.slice(k, y).join("")));
    };
    for (const [x, y] of common(left, right)) {
      upTo(x, y);
      element.append(left[x]);
      [i, k] = [x + 1, y + 1];
    }
    upTo(left.length, right.length);
    element.normalize();
    return element;
  };

  /** @param {[string | undefined, string | undefined][]} list @param {boolean} sides */
  const table = (list, sides) => {
    if (!sides) return list.map(([a, b]) => told(a, b));
    const body = make("tbody", ...list.map(([a, b]) => make("tr", make("td", ...(a === undefined ? [] : [told(a, b, "ins")])), make("td", ...(b === undefined ? [] : [told(a, b, "del")])))));
    const head = make("tr", ...[from, to].map((side) => make("th", side.selectedOptions[0].text)));
    head.querySelectorAll("th").forEach((cell) => (cell.scope = "col"));
    const whole = make("table", make("thead", head), body);
    whole.className = "sides";
    return [whole];
  };

  const show = async () => {
    out.hidden = false;
    out.replaceChildren();
    try {
      const list = rows(await read(from.value), await read(to.value));
      const changes = list.filter(([a, b]) => a !== b).length;
      out.append(make("p", make("strong", (changes ? said.count : said.none)?.replace("%d", String(changes)) || "")));
      const near = list.map((_, at) => list.slice(Math.max(0, at - 1), at + 2).some(([a, b]) => a !== b));
      for (let at = 0; at < list.length; ) {
        let end = at;
        while (end < list.length && near[end] === near[at]) end++;
        const part = table(list.slice(at, end), view.value === "sides");
        out.append(...(near[at] ? part : [make("details", make("summary", said.same?.replace("%d", String(end - at)) || ""), ...part)]));
        at = end;
      }
      out.focus();
    } catch {
      out.append(make("p", said.failed || ""));
    }
  };

  const query = new URLSearchParams(location.search);
  for (const select of [from, to, view]) {
    const value = query.get(select.name);
    if ([...select.options].some((option) => option.value === value)) select.value = value || "";
  }
  form.querySelectorAll("[hidden]").forEach((element) => element.removeAttribute("hidden"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    history.replaceState(null, "", "?" + new URLSearchParams({ from: from.value, to: to.value, view: view.value }));
    show();
  });
  if (query.has("from")) show();
})();

// Looks for words: in all texts in force by the index beside the page, or in every
// version of one policy by the versions themselves. It loads files of the site and
// sends nothing.
// @ts-check
"use strict";

(() => {
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form.search"));
  const list = /** @type {HTMLElement | null} */ (document.querySelector("ol.found"));
  const status = document.querySelector("form.search + [role=status]");
  const more = /** @type {HTMLButtonElement | null} */ (document.querySelector("button.more"));
  if (!form || !list || !status || !more) return;
  const words = /** @type {HTMLInputElement} */ (form.elements.namedItem("q"));
  const scope = /** @type {HTMLSelectElement} */ (form.elements.namedItem("in"));
  const said = form.dataset;
  const root = new URL(said.root || "./", location.href);

  /**
   * @typedef {{id: string, title: string, beside?: string, path: string, lang: string, in_force: boolean}} Policy
   * @typedef {{id: string, number?: string, title?: string, level: number, text: string}} Clause
   * @typedef {{text: string, spaced: boolean, at: number, length: number}} Word
   * @typedef {{words: Word[][], plain: Word[]}} Query phrases, and words that stand alone
   */

  // Words are cut and folded as the index has them.
  const unspaced = "\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Hangul}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}ー";
  const run = new RegExp(`[${unspaced}]+|(?:(?![${unspaced}])[\\p{L}\\p{M}\\p{Nd}])+`, "gu");
  const withoutSpaces = new RegExp(`^[${unspaced}]`, "u");
  /** @type {Record<string, string>} */
  const alike = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i", ς: "σ" };
  /** @param {string} word */
  const fold = (word) => {
    const plain = word.normalize("NFKD").replace(/[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]/g, "").toLowerCase();
    return [...plain.replace(/[ßæœøłđðþıς]/g, (letter) => alike[letter]).normalize("NFC")].slice(0, 32).join("");
  };

  /** @param {string} text @returns {Word[]} */
  const cut = (text) => [...text.matchAll(run)].map((found) => ({ text: fold(found[0]), spaced: !withoutSpaces.test(found[0]), at: found.index, length: found[0].length })).filter((word) => word.text);

  /** @param {string} text @returns {Query} */
  const asked = (text) => {
    /** @type {Word[][]} */
    const phrases = [];
    const rest = text.replace(/["“”„«»「」]([^"“”„«»「」]+)["“”„«»「」]/g, (_, phrase) => (phrases.push(cut(phrase)), " "));
    return { words: phrases.filter((phrase) => phrase.length), plain: cut(rest).filter((word) => !word.spaced || word.text.length > 1 || /\d/.test(word.text)) };
  };

  /** @param {string} path */
  const read = async (path) => {
    const answer = await fetch(new URL(path, root), { cache: "no-cache" });
    if (!answer.ok) throw new Error(answer.statusText);
    return answer.json();
  };

  /** The order of code points. @param {string} a @param {string} b */
  const before = (a, b) => {
    const x = [...a];
    const y = [...b];
    for (let i = 0; i < x.length && i < y.length; i++) if (x[i] !== y[i]) return /** @type {number} */ (x[i].codePointAt(0)) < /** @type {number} */ (y[i].codePointAt(0));
    return x.length < y.length;
  };

  /** @type {Promise<{key: string, starts: string[], policies: Policy[]}>} */
  const index = read("search/index.json");
  /** @type {Map<number, Promise<any>>} */
  const parts = new Map();

  /**
   * How often policies have a word, or words that begin so.
   * @param {string} word @param {boolean} whole @returns {Promise<Map<number, number>>}
   */
  const lookUp = async (word, whole) => {
    const { key, starts } = await index;
    /** @type {Map<number, number>} */
    const counts = new Map();
    for (let at = 0; at < starts.length; at++) {
      const next = starts[at + 1];
      if ((next !== undefined && !before(word, next)) || (before(word, starts[at]) && !(starts[at].startsWith(word) && !whole))) continue;
      if (!parts.has(at)) parts.set(at, read(`search/words-${at}.json`));
      const part = await parts.get(at);
      if (part.key !== key) throw new Error("the index was replaced meanwhile");
      const found = whole ? (Object.hasOwn(part.words, word) ? [word] : []) : Object.keys(part.words).filter((other) => other.startsWith(word));
      for (const other of found) {
        const pairs = part.words[other];
        for (let i = 0, policy = 0; i < pairs.length; i += 2) {
          policy += pairs[i];
          counts.set(policy, (counts.get(policy) || 0) + pairs[i + 1] * (other === word ? 2 : 1));
        }
      }
    }
    return counts;
  };

  /** The policies in force that may hold all words, the best first. @param {Query} query @returns {Promise<Policy[]>} */
  const candidates = async (query) => {
    const { policies } = await index;
    const lookups = [...query.plain, ...query.words.flat()].flatMap((word) => {
      if (word.spaced) return [lookUp(word.text, false)];
      const characters = [...word.text];
      return characters.length < 2 ? [lookUp(word.text, false)] : characters.slice(1).map((character, at) => lookUp(characters[at] + character, true));
    });
    const counts = await Promise.all(lookups);
    const languages = [document.documentElement.lang, navigator.language].map((tag) => tag.split("-")[0]);
    /** @param {Policy} policy @param {number} at */
    const score = (policy, at) => {
      const title = cut(policy.title).map((word) => word.text);
      const inTitle = query.plain.filter((word) => title.some((other) => other.startsWith(word.text))).length;
      const rare = counts.map((of) => Math.log(1 + (of.get(at) || 0)) * Math.log(1 + policies.length / of.size));
      return rare.reduce((sum, part) => sum + part, 0) * (languages.includes(policy.lang.split("-")[0]) ? 2 : 1) + 3 * inTitle;
    };
    return policies
      .map((policy, at) => ({ policy, at }))
      .filter(({ at }) => counts.length && counts.every((of) => of.has(at)))
      .map(({ policy, at }) => ({ policy, score: score(policy, at) }))
      .sort((a, b) => b.score - a.score)
      .map(({ policy }) => policy);
  };

  /**
   * Where the words of a query stand in a text, and how many of its parts do.
   * @param {string} text @param {Query} query @returns {{marks: [number, number][], hit: number}}
   */
  const match = (text, query) => {
    const own = cut(text);
    /** @type {[number, number][]} */
    const marks = [];
    /** @param {Word} word @param {Word} wanted @returns {[number, number] | undefined} */
    const same = (word, wanted) => {
      if (word.spaced !== wanted.spaced) return;
      if (word.spaced) return word.text.startsWith(wanted.text) ? [word.at, word.at + word.length] : undefined;
      const at = word.text.indexOf(wanted.text);
      // Where folding changed the number of characters, the whole run is marked.
      return at < 0 ? undefined : word.text.length === word.length ? [word.at + at, word.at + at + wanted.text.length] : [word.at, word.at + word.length];
    };
    let hit = 0;
    for (const wanted of query.plain) {
      const found = own.flatMap((word) => [same(word, wanted) || []].filter((mark) => mark.length));
      marks.push(.../** @type {[number, number][]} */ (found));
      if (found.length) hit++;
    }
    for (const phrase of query.words) {
      const starts = own.flatMap((_, at) => {
        const run = phrase.map((wanted, i) => own[at + i] && same(own[at + i], wanted));
        return run.every(Boolean) ? [[/** @type {[number, number]} */ (run[0])[0], /** @type {[number, number]} */ (run.at(-1))[1]]] : [];
      });
      marks.push(.../** @type {[number, number][]} */ (starts));
      if (starts.length) hit++;
    }
    return { marks: marks.sort((a, b) => a[0] - b[0]), hit };
  };

  /** @param {string} name @param {...(string | Node)} inside */
  const make = (name, ...inside) => {
    const element = document.createElement(name);
    element.append(...inside);
    return element;
  };

  /** @param {string} path @param {string} text */
  const link = (path, text) => {
    const a = /** @type {HTMLAnchorElement} */ (make("a", text));
    a.href = new URL(path, root).href;
    return a;
  };

  /** Paragraphs and items of a clause in one line. @param {string} text */
  const joined = (text) => text.replace(/\n+/g, " · ");

  /** The words around the first mark, with the marks. @param {string} text @param {[number, number][]} marks */
  const excerpt = (text, marks) => {
    const from = Math.max(0, (marks[0]?.[0] || 0) - 90);
    const start = from && from + Math.max(0, text.slice(from, from + 40).search(/\s/) + 1);
    const cutOff = Math.min(text.length, start + 280);
    const end = cutOff < text.length ? Math.max(text.lastIndexOf(" ", cutOff), start + 200) : cutOff;
    const line = make("p", start ? "… " : "");
    let at = start;
    for (const [a, b] of marks) {
      if (a < at || b > end) continue;
      line.append(joined(text.slice(at, a)), make("mark", text.slice(a, b)));
      at = b;
    }
    line.append(joined(text.slice(at, end)), end < text.length ? " …" : "");
    return line;
  };

  /**
   * The clauses of a text that hold most of what is asked for.
   * @param {Clause[]} clauses @param {Query} query
   */
  const best = (clauses, query) => {
    /** @type {{level: number, name: string}[]} the headings that a clause is below */
    const above = [];
    const found = clauses.map((clause) => {
      while (above.length && /** @type {{level: number}} */ (above.at(-1)).level >= clause.level) above.pop();
      if (clause.title) above.push({ level: clause.level, name: [clause.number, clause.title].filter(Boolean).join(" ") });
      return { ...clause, name: above.at(-1)?.name || "", ...match(clause.text, query) };
    });
    const most = Math.max(...found.map(({ hit }) => hit));
    return most ? found.filter(({ hit }) => hit === most) : [];
  };

  let turn = 0;

  /** @param {Policy} policy @param {Query} query */
  const inForce = async (policy, query) => {
    const clauses = best((await read(policy.path + "index.json")).clauses, query);
    if (!clauses.length) return;
    const title = link(policy.path, policy.title);
    title.lang = policy.lang;
    const item = make("li", make("h2", title, policy.beside ? " (" + policy.beside + ")" : ""));
    for (const clause of clauses.slice(0, 3)) {
      const line = excerpt(clause.text, clause.marks);
      if (clause.name) line.prepend(link(policy.path + (clause.id && "#" + encodeURIComponent(clause.id)), clause.name), ": ");
      line.lang = policy.lang;
      line.dir = "auto";
      item.append(line);
    }
    return item;
  };

  /** Shows what is found, so many policies at a time. @param {Policy[]} policies @param {Query} query @param {number} now */
  const show = async (policies, query, now) => {
    const items = (await Promise.all(policies.slice(0, 10).map((policy) => inForce(policy, query)))).filter((item) => item !== undefined);
    if (now !== turn) return;
    list.append(...items);
    const rest = policies.slice(10);
    offer(rest.length > 0, async () => {
      await show(rest, query, now);
      /** @type {HTMLElement | null | undefined} */ (items.at(-1)?.nextElementSibling?.querySelector("a"))?.focus();
    });
  };

  /** @param {boolean} is @param {() => unknown} next */
  const offer = (is, next) => {
    more.hidden = !is;
    more.onclick = () => {
      more.hidden = true;
      next();
    };
  };

  /**
   * Looks through the versions of a policy, the newest first; words that did not
   * change between versions are shown once.
   * @param {Policy} policy @param {Query} query @param {number} now
   */
  const inVersions = async (policy, query, now) => {
    const history = await read("api/v1/" + policy.path.replace(/\/$/, "") + ".json");
    /** @type {Map<string, HTMLElement>} */
    const seen = new Map();
    let done = 0;
    const step = async () => {
      const some = history.versions.slice(done, done + 20);
      const texts = await Promise.all(some.map((/** @type {{url: string}} */ version) => read(policy.path + version.url.slice(history.url.length) + "index.json")));
      if (now !== turn) return;
      texts.forEach((text, at) => {
        const path = policy.path + some[at].url.slice(history.url.length);
        for (const clause of best(text.clauses, query).filter(({ hit }) => hit === query.plain.length + query.words.length)) {
          const key = clause.id + "\n" + clause.text;
          const where = link(path + (clause.id && "#" + encodeURIComponent(clause.id)), some[at].label);
          const known = seen.get(key);
          if (known) {
            known.append(", ", where);
            continue;
          }
          const line = excerpt(clause.text, clause.marks);
          line.lang = policy.lang;
          line.dir = "auto";
          const labels = make("p", where);
          labels.className = "what";
          seen.set(key, labels);
          list.append(make("li", make("h2", clause.name || policy.title), line, labels));
        }
      });
      done += some.length;
      status.textContent = (said.read || "").replace("%1", String(done)).replace("%2", String(history.versions.length)) + " " + (seen.size ? (said.passages || "").replace("%d", String(seen.size)) : said.none);
      offer(done < history.versions.length, step);
    };
    await step();
  };

  const search = async () => {
    const now = ++turn;
    const query = asked(words.value);
    list.replaceChildren();
    more.hidden = true;
    status.textContent = "";
    if (!query.plain.length && !query.words.length) return;
    try {
      const { policies } = await index;
      const one = policies.find((policy) => policy.id === scope.value);
      if (one) return await inVersions(one, query, now);
      const found = await candidates(query);
      if (now !== turn) return;
      status.textContent = found.length ? (said.found || "").replace("%d", String(found.length)) : said.none || "";
      await show(found, query, now);
    } catch {
      if (now === turn) status.textContent = said.failed || "";
    }
  };

  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const kept = new URLSearchParams({ q: words.value, ...(scope.value && { in: scope.value }) });
    history.replaceState(null, "", "?" + kept);
    search();
  });
  const begin = async () => {
    const query = new URLSearchParams(location.search);
    words.value = query.get("q") || "";
    for (const policy of (await index).policies) {
      const name = policy.title + (policy.beside ? ` (${policy.beside})` : "");
      const choice = new Option((said.versions || "").replace("%s", () => name), policy.id, false, policy.id === query.get("in"));
      scope.add(choice);
    }
    if (words.value) await search();
  };
  begin().catch(() => (status.textContent = said.failed || ""));
})();

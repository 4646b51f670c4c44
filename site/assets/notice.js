// Shows the notices of a policy site on any page, by one script tag:
//
//   <script async src="https://policies.example/embed/v1/notice.js"></script>
//
// Attributes: data-documents (ids, default all), data-placement (bottom, top or
// slot), data-max (dialog or banner), data-lang, data-feed, data-theme (auto,
// light or dark), data-storage (local, session or none), data-manual. A slot is
// an element with the attribute data-policy-notice; one that has the height of
// the notice already is filled without laying anything over the page.
//
// It loads one JSON file, keeps one short entry in the storage of the browser,
// sets no cookie and sends nothing. Seeing a notice is not consent.
// @ts-check
"use strict";

(() => {
  /**
   * @typedef {{rel: string, url: string, text: string}} Link
   * @typedef {{title: string, summary: string, effective_text: string, since_text: string, dismiss: string, dir: string, links: Link[]}} Words
   * @typedef {{id: string, remind?: boolean, document: string, version: string, display: string, from: string, effective: string, until: string, default_lang: string, text: Record<string, Words>}} Notice
   */

  // An element of the page can take the name of anything that document has, and of
  // a global variable; what the prototypes have, and a symbol, it cannot take.
  const page = Document.prototype;
  /** @param {string} name @returns {any} */
  const own = (name) => /** @type {any} */ (Object.getOwnPropertyDescriptor(page, name)).get.call(document);
  /** @param {string} selector @returns {HTMLElement[]} */
  const all = (selector) => [...page.querySelectorAll.call(document, selector)];
  const here = /** @type {any} */ (window);
  const mark = Symbol.for("policy-notice");
  // A module has no element of its own: its address stands in the trace of an error.
  const address = /** @type {HTMLScriptElement} */ (own("currentScript"))?.src || /https?:\S+?(?=:\d+:\d+)/.exec(new Error().stack || "")?.[0];
  if (!address || self !== top || here[mark]) return;
  here[mark] = true;
  const options = { ...(own("currentScript") || all("script[src]").find((s) => /** @type {HTMLScriptElement} */ (s).src === address))?.dataset };
  const key = "policy-notice";
  // A self-contained copy of this script has its notices in front of it.
  const inside = Object.hasOwn(window, "policyNotices") && here.policyNotices;
  const feed = new URL(options.feed || "notices.json", options.feed ? location.href : address).href;

  /** @type {string[]} ids of the notices that were seen, the latest last */
  let seen = [];
  /** @type {HTMLElement | undefined} */
  let host;
  /** @type {Promise<void> | undefined} the check that goes on */
  let running;
  let made = "";
  /** @type {Notice[]} those that are shown */
  let shown = [];
  /** @type {string[] | undefined} what the host page itself had set where room is made */
  let room;

  /** @returns {Storage | undefined} */
  const storage = () => {
    try {
      return options.storage === "none" ? undefined : options.storage === "session" ? sessionStorage : localStorage;
    } catch {
      return undefined;
    }
  };

  /**
   * The entry under which a notice is kept: one that is to come back on the day
   * it takes effect has another from then on.
   * @param {Notice} notice
   */
  const entry = (notice) => notice.id + (notice.remind && notice.effective <= today() ? "!" : "");

  /** @param {string[]} ids */
  const note = (ids) => {
    seen = [...seen.filter((id) => !ids.includes(id)), ...ids];
  };

  const load = () => {
    try {
      note((storage()?.getItem(key) || "").split(" ").filter(Boolean).map(decodeURIComponent));
    } catch {
      // Denied or damaged: what this page view knows must do.
    }
  };

  /** The entry stays below 200 bytes: the notices seen longest ago fall out. */
  const save = () => {
    const list = seen.map(encodeURIComponent);
    while (list.join(" ").length > 180) list.shift();
    try {
      storage()?.setItem(key, list.join(" "));
    } catch {
      // As above.
    }
  };

  /** @param {string} name @param {unknown} [detail] */
  const tell = (name, detail) => EventTarget.prototype.dispatchEvent.call(document, new CustomEvent("policynotice:" + name, { detail }));

  /** The reader's own day, as 2006-01-02; not before the feed was made, as clocks are wrong at times. */
  const today = () => {
    const now = new Date();
    const day = new Date(now.getTime() - now.getTimezoneOffset() * 6e4).toISOString().slice(0, 10);
    return day > made ? day : made;
  };

  /** @param {Notice} notice @returns {Words} */
  const words = (notice) => {
    const wanted = !options.lang || options.lang === "auto" ? own("documentElement").lang || navigator.language : options.lang;
    return notice.text[wanted] || notice.text[wanted.split("-")[0]] || notice.text[notice.default_lang] || Object.values(notice.text)[0];
  };

  /**
   * @param {string} name @param {string} part @param {string} [text]
   * @returns {HTMLElement}
   */
  const make = (name, part, text) => {
    const element = page.createElement.call(document, name);
    if (part) element.setAttribute("part", part);
    if (text) element.textContent = text;
    return element;
  };

  /** Only addresses of the web may stand in a link. @param {Link} link */
  const anchor = (link) => {
    const url = new URL(link.url, feed);
    if (!/^https?:$/.test(url.protocol)) return "";
    const a = /** @type {HTMLAnchorElement} */ (make("a", "link", link.text));
    a.href = url.href;
    return a;
  };

  const light = "--b:#fff;--t:#1c1b19;--l:#1a4b8c;--e:#77736a";
  const dark = "--b:#1f1e1b;--t:#ece9e2;--l:#a9cbf8;--e:#8d887e";
  const style = `:host{display:contents}
.root{all:initial;display:block;position:relative;${options.theme === "dark" ? dark : light}}
${/^(light|dark)$/.test(options.theme || "") ? "" : `@media(prefers-color-scheme:dark){.root{${dark}}}`}
[part=bar],[part=dialog]{box-sizing:border-box;font:16px/1.5 system-ui,sans-serif;color:var(--policy-notice-color,var(--t));background:var(--policy-notice-background,var(--b));border:1px solid var(--e);padding:14px 18px}
[part=bar]{border-width:1px 0;max-height:50vh;overflow:auto}
.bottom{position:fixed;inset:auto 0 0;z-index:2147483000}
.over{position:absolute;inset:0 0 auto;z-index:2147483000}
[part=dialog]{max-width:min(34rem,calc(100vw - 2rem));border-radius:8px}
[part=dialog]::backdrop{background:#0008}
[part=title]{font:650 17px/1.4 system-ui,sans-serif;margin:0 0 4px}
[part=text]{margin:0 0 6px;max-width:70ch;overflow-wrap:anywhere}
[part=link]{color:var(--policy-notice-link,var(--l));display:inline-block;min-height:24px;padding:2px 0;margin:0;margin-block-end:4px;margin-inline-end:18px}
[part=close]{font:inherit;color:inherit;background:none;border:1px solid;border-radius:5px;min-height:36px;padding:4px 18px;cursor:pointer}
[part=dialog] [part=close]{color:var(--b);background:var(--policy-notice-link,var(--l))}
:focus-visible{outline:3px solid var(--l);outline-offset:2px}
@media print{.root{display:none}}`;

  /** @param {string[]} entries @param {string[]} ids */
  const remove = (entries, ids) => {
    load();
    note(entries);
    save();
    for (const id of ids) tell("dismiss", id);
    hide();
  };

  /** @param {Notice[]} notices */
  const close = (notices) => remove(notices.map(entry), notices.map((notice) => notice.id));

  const hide = () => {
    watcher.disconnect();
    host?.remove();
    host = undefined;
    reserve(0);
  };

  /** @param {Notice[]} notices */
  const show = (notices) => {
    const modal = options.max !== "banner" && notices.some((notice) => notice.display === "dialog");
    host = make("policy-notice", "");
    const shadow = host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    shadow.adoptedStyleSheets = [sheet];
    const root = make("div", "");
    root.className = "root";
    const box = make(modal ? "dialog" : "section", modal ? "dialog" : "bar");
    box.setAttribute("aria-labelledby", "t");
    notices.forEach((notice, at) => {
      const said = words(notice);
      const title = make("h2", "title", said.title);
      const when = notice.effective > today() ? said.effective_text : said.since_text;
      const links = make("p", "text");
      const part = make("div", "");
      if (!at) title.id = "t";
      part.dir = said.dir;
      links.append(...said.links.map(anchor));
      links.addEventListener("click", (event) => {
        if (event.target !== links) {
          tell("open", notice.id);
          close([notice]);
        }
      });
      part.append(title, make("p", "text", [said.summary, when].join(" ").trim()), links);
      box.append(part);
    });
    const button = make("button", "close", words(notices[0]).dismiss);
    /** @type {HTMLButtonElement} */ (button).type = "button";
    box.dir = words(notices[0]).dir;
    box.append(button);
    root.append(box);
    shadow.append(root);
    shown = notices;
    place(modal, box);
    if (modal) {
      const dialog = /** @type {HTMLDialogElement} */ (box);
      dialog.addEventListener("close", () => close(notices));
      button.addEventListener("click", () => dialog.close());
      dialog.showModal();
    } else {
      button.addEventListener("click", () => {
        close(notices);
        const main = all("main")[0] || own("body");
        if (main.tabIndex < 0) main.tabIndex = -1;
        main.focus({ preventScroll: true });
      });
    }
    watcher.observe(document, { childList: true, subtree: true });
    tell("show", notices.map((notice) => notice.id));
  };

  /**
   * Leaves room below the page for a bar at the bottom, so that it covers neither
   * the end of the page nor what has the focus (WCAG 2.4.11).
   * @param {number} height in pixels; 0 gives the room back
   */
  const reserve = (height) => {
    const { style } = own("documentElement");
    room ??= [style.paddingBottom, style.scrollPaddingBottom];
    [style.paddingBottom, style.scrollPaddingBottom] = height ? [height + "px", height + "px"] : room;
    if (!height) room = undefined;
  };

  /**
   * Puts the notice first in the order of Tab, or into its slot. Where it would
   * push the page away under the reader's eyes it lies over it at first.
   * @param {boolean} modal @param {HTMLElement} box
   */
  const place = (modal, box) => {
    const node = /** @type {HTMLElement} */ (host);
    const slot = options.placement === "slot" && !modal && all("[data-policy-notice]")[0];
    const height = slot ? slot.offsetHeight : 0;
    if (slot) slot.append(node);
    else own("body").prepend(node);
    if (modal) return;
    if (!slot && options.placement !== "top") {
      box.className = "bottom";
      reserve(box.offsetHeight);
    } else if (!slot || slot.offsetHeight > height) settle(box);
  };

  /**
   * Lays a bar over the page until a key is pressed or the page is scrolled: a
   * shift that the reader brings about is none (Layout Instability, "hadRecentInput"),
   * and no focus comes to lie below the bar.
   * @param {HTMLElement} box
   */
  const settle = (box) => {
    box.className = "over";
    const done = () => {
      box.className = "";
      removeEventListener("keydown", done, true);
      removeEventListener("scroll", done);
    };
    addEventListener("keydown", done, true);
    addEventListener("scroll", done);
  };

  /**
   * Pages that change without being loaded (Turbo, htmx, routers) take the notice
   * with them: it comes back until the reader has closed it.
   */
  const watcher = new MutationObserver(() => {
    if (!host || host.isConnected) return;
    hide();
    setTimeout(() => check(), 100);
  });

  /**
   * A field being filled in or another modal is not interrupted. Many pages keep
   * a closed dialog hidden, and some never close one that nobody is in.
   * @param {number} waited seconds
   */
  const occupied = (waited) => {
    const focus = /** @type {Element | null} */ (own("activeElement"));
    return (
      focus?.matches("input,textarea,select,[contenteditable]") ||
      all("dialog:modal,[aria-modal=true]").some((dialog) => {
        const { width, height, left, right } = dialog.getBoundingClientRect();
        return width * height && right > 0 && left < innerWidth && dialog.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && (waited < 60 || dialog.matches(":focus-within"));
      })
    );
  };

  /** @param {Notice} notice */
  const wanted = (notice) => {
    const day = today();
    const ids = options.documents?.split(/\s+/).filter(Boolean);
    return (!ids?.length || ids.includes(notice.document)) && !seen.includes(entry(notice)) && notice.from <= day && day <= notice.until && !!words(notice);
  };

  /** @param {{seen?: Record<string, string>}} [known] what the host's server knows to be seen */
  const check = (known) => {
    for (const [id, version] of Object.entries(known?.seen || {})) note([id + "@" + version, id + "@" + version + "!"]);
    running ??= look().finally(() => (running = undefined));
    return running;
  };

  const look = async () => {
    if (host) return;
    try {
      load();
      const data = inside || (await (await fetch(feed, { credentials: "omit", referrerPolicy: "no-referrer" })).json());
      made = /^\d{4}-\d\d-\d\d$/.test(data.on) ? data.on : "";
      if (data.schema !== 1) return;
      for (let waited = 0; occupied(waited) && data.notices.some(wanted); waited++) await new Promise((done) => setTimeout(done, 1e3));
      const notices = data.notices.filter(wanted);
      if (notices.length) show(notices);
    } catch (fault) {
      hide();
      tell("error", fault);
    }
  };

  // Closed in another tab, it is closed here too.
  addEventListener("storage", () => {
    load();
    if (host && shown.every((notice) => seen.includes(entry(notice)))) hide();
  });

  Object.assign(window, {
    policyNotice: {
      check,
      /** @param {string} [id] */
      dismiss: (id) => id && remove([id, id + "!"], [id]),
      reset: () => {
        seen = [];
        save();
      },
    },
  });

  if (!("manual" in options)) {
    if (own("body")) check();
    else addEventListener("DOMContentLoaded", () => check());
  }
})();

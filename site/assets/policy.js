// Puts a policy into a page of another site:
//
//   <script async src="https://policies.example/embed/v1/policy.js" data-policy="privacy"></script>
//
// The text in force comes behind the script, or into each element with
// data-policy-text="privacy". Attributes of either: data-title (of the link that
// stands there when the text cannot be loaded) and data-lang (a language, or auto for
// that of the page, where the policy has translations). An iframe of
// embed/v1/frame/privacy/ is made as high as its text.
//
// It loads one file, keeps nothing and sends nothing. Styles are those of the page.
// @ts-check
"use strict";

(() => {
  // As in notice.js: an element of the page can take the name of what document has,
  // not of what the prototypes have.
  const page = Document.prototype;
  /** @param {string} name @returns {any} */
  const own = (name) => /** @type {any} */ (Object.getOwnPropertyDescriptor(page, name)).get.call(document);
  /** @param {string} selector @returns {HTMLElement[]} */
  const all = (selector) => [...page.querySelectorAll.call(document, selector)];
  const here = /** @type {any} */ (window);
  const address = /** @type {HTMLScriptElement} */ (own("currentScript"))?.src || /https?:\S+?(?=:\d+:\d+)/.exec(new Error().stack || "")?.[0];
  if (!address) return;
  const root = new URL(".", address);
  const mark = Symbol.for("policy-text " + root);
  if (here[mark]) return here[mark]();

  /** @type {WeakMap<Element, HTMLElement>} the box of each place */
  const boxes = new WeakMap();

  /** @param {string} name @param {unknown} detail */
  const tell = (name, detail) => EventTarget.prototype.dispatchEvent.call(document, new CustomEvent("policytext:" + name, { detail }));

  /**
   * A request that reads a document runs and loads nothing of it, and needs no
   * exception from a page that demands Trusted Types.
   * @param {string} id @returns {Promise<HTMLElement>}
   */
  const load = (id) =>
    new Promise((done, fail) => {
      const request = new XMLHttpRequest();
      request.open("GET", new URL("policy/" + path(id) + ".html", root));
      request.responseType = "document";
      request.timeout = 2e4;
      request.onerror = request.ontimeout = () => fail(new Error("no answer"));
      request.onload = () => {
        const text = request.status === 200 && request.response?.querySelector("article.policy-text");
        if (text) done(text);
        else fail(new Error("no policy " + id));
      };
      request.send();
    });

  /** @param {string} id */
  const path = (id) => {
    if (/(^|\/)(\.|\/|$)/.test(id)) throw new Error("no policy " + id);
    return id.split("/").map(encodeURIComponent).join("/");
  };

  /** The text in the language that the page asks for. @param {string} id @param {string | undefined} lang */
  const inLanguage = async (id, lang) => {
    const text = await load(id);
    const wanted = lang === "auto" ? own("documentElement").lang || navigator.language : lang;
    const link = wanted && [wanted, wanted.split("-")[0]].map((tag) => /** @type {HTMLElement | null} */ (text.lang === tag ? null : text.querySelector(`a[hreflang="${CSS.escape(tag)}"]`))).find(Boolean);
    return link && text.lang !== wanted ? load(link.dataset.id || id) : text;
  };

  /** Addresses are those of the policy site, and names not those of the page. @param {HTMLElement} text @param {string} id */
  const settle = (text, id) => {
    for (const a of text.querySelectorAll("a")) if (!a.getAttribute("href")?.startsWith("#")) a.href = a.href;
    for (const image of text.querySelectorAll("img")) image.src = image.src;
    for (const part of [text, ...text.querySelectorAll("[id]")]) {
      let name = part.id;
      if (!name) continue;
      while (page.getElementById.call(document, name)) name = id + "." + name;
      if (name !== part.id) for (const a of text.querySelectorAll(`a[href="#${CSS.escape(encodeURIComponent(part.id))}"]`)) a.setAttribute("href", "#" + encodeURIComponent(name));
      part.id = name;
    }
    if (all("h1").length) text.querySelector("h1")?.remove();
    text.querySelector(".policy-print")?.addEventListener("click", print);
    return text;
  };

  /** Prints the text alone. @param {Event} event */
  const print = (event) => {
    event.preventDefault();
    const sheet = new CSSStyleSheet();
    const text = /** @type {HTMLElement} */ (event.currentTarget).closest(".policy-text");
    sheet.replaceSync("@media print{body *:not(:has(.policy-printed),.policy-printed,.policy-printed *){display:none!important}}");
    text?.classList.add("policy-printed");
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    const done = () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
      text?.classList.remove("policy-printed");
    };
    addEventListener("afterprint", done, { once: true });
    self.print();
  };

  /** @param {HTMLElement} spot @param {string} id */
  const fill = async (spot, id) => {
    const first = !boxes.has(spot);
    const box = page.createElement.call(document, "div");
    box.className = "policy-box";
    const near = spot.matches("script") ? spot.nextElementSibling : spot.firstElementChild;
    boxes.set(spot, box);
    if (near?.matches(".policy-box")) near.replaceWith(box); // of a page that was kept and shown again
    else if (spot.matches("script")) spot.after(box);
    else spot.prepend(box);
    try {
      const text = settle(await inLanguage(id, spot.dataset.lang), id);
      for (const other of [...spot.children]) if (other !== box) other.remove();
      box.replaceChildren(text);
      const at = location.hash && box.querySelector("#" + CSS.escape(decodeURIComponent(location.hash.slice(1))));
      if (at && first) at.scrollIntoView();
      tell("show", id);
    } catch (fault) {
      // What stands in the place already serves better than a link alone.
      if (spot.matches("script") || spot.children.length < 2) {
        const link = page.createElement.call(document, "a");
        link.href = new URL("../../" + id.split("/").map(encodeURIComponent).join("/") + "/", root).href;
        link.textContent = spot.dataset.title || id;
        box.append(link);
      }
      tell("error", fault);
    }
  };

  const look = () => {
    for (const spot of all("script[data-policy],[data-policy-text]")) {
      const { policyText: id = spot.dataset.policy || "" } = spot.dataset;
      const foreign = spot.matches("script") && !/** @type {HTMLScriptElement} */ (spot).src.startsWith(root.href);
      if (!foreign && !boxes.get(spot)?.isConnected) fill(spot, id);
    }
    for (const frame of frames()) if (!asked.has(frame)) asked.add(frame) && frame.contentWindow?.postMessage("policy-frame", "*");
  };

  /** @type {WeakSet<HTMLIFrameElement>} */
  const asked = new WeakSet();
  const frames = () => /** @type {HTMLIFrameElement[]} */ (all("iframe")).filter((frame) => frame.src.startsWith(root.href + "frame/"));

  addEventListener("message", ({ origin, source, data }) => {
    const frame = origin === root.origin && frames().find((frame) => frame.contentWindow === source);
    if (!frame || !(data?.policyFrame > 0)) return;
    frame.style.cssText += `width:100%;border:0;height:${Math.min(+data.policyFrame, 1e6)}px`;
    if (data.top >= 0) scrollTo({ top: frame.getBoundingClientRect().top + scrollY + +data.top });
  });

  // Routers, Turbo and htmx change a page without loading it.
  let waits = 0;
  here[mark] = () => (waits ||= setTimeout(() => ((waits = 0), look()), 50));
  new MutationObserver(here[mark]).observe(document, { childList: true, subtree: true });
  look();
})();

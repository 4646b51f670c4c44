// The site's own pages work without this script. It remembers which notices a
// reader has closed, and copies the address of a clause.
// @ts-check
"use strict";

(() => {
  /** The one key under which this browser keeps what it has seen. */
  const key = "policy-notice";

  /** @returns {string[]} the ids of the notices that were closed */
  const seen = () => {
    try {
      return (localStorage.getItem(key + "-site") || "").split(" ");
    } catch {
      return [];
    }
  };

  /** @param {string[]} ids */
  const remember = (ids) => {
    try {
      localStorage.setItem(key + "-site", ids.map(encodeURIComponent).join(" "));
    } catch {
      // Storage is denied: the notice is closed on this page only.
    }
  };

  const region = document.querySelector(".notices");
  const button = /** @type {HTMLButtonElement | null} */ (document.querySelector(".notices .close"));
  if (region && button) {
    const notices = /** @type {HTMLElement[]} */ ([...region.querySelectorAll(".notice")]);
    const ids = notices.map((notice) => notice.dataset.notice || "");
    const closed = seen();
    if (ids.every((id) => closed.includes(encodeURIComponent(id)))) {
      region.remove();
    } else {
      button.hidden = false;
      button.addEventListener("click", () => {
        region.remove();
        remember(ids);
        document.querySelector("main")?.focus();
      });
    }
  }

  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a.anchor") : null;
    if (link instanceof HTMLAnchorElement) {
      navigator.clipboard?.writeText(link.href).catch(() => {});
    }
  });
})();

// In a frame on a page of another site, tells that page how high the text is. It
// sends the height and nothing else, to whichever page holds it.
// @ts-check
"use strict";

(() => {
  /** @param {number} [top] where the page is to go, in pixels from the top of the text */
  const tell = (top) => parent.postMessage({ policyFrame: Math.ceil(document.body.getBoundingClientRect().height), top }, "*");
  new ResizeObserver(() => tell()).observe(document.body);
  addEventListener("message", () => tell());
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest("a[href^='#']");
    const at = link && document.getElementById(decodeURIComponent(/** @type {HTMLAnchorElement} */ (link).hash.slice(1)));
    if (at) tell(Math.floor(at.getBoundingClientRect().top + scrollY));
  });
})();

// Follows what is saved: the page is loaded anew and stands where it stood.
// @ts-check
"use strict";

(() => {
  const key = "codicil-preview:" + location.pathname;
  const stood = sessionStorage.getItem(key);
  if (stood) {
    sessionStorage.removeItem(key);
    history.scrollRestoration = "manual";
    const [x, y] = stood.split(" ").map(Number);
    scrollTo({ left: x, top: y, behavior: "instant" });
    // Frames and fonts may change the height once more.
    addEventListener("load", () => scrollTo({ left: x, top: y, behavior: "instant" }), { once: true });
  }
  addEventListener("pagehide", () => {
    if (leaving || self !== top) sessionStorage.setItem(key, scrollX + " " + scrollY);
  });
  let leaving = false;
  // A frame follows the page around it: a browser opens few streams to one host.
  if (self !== top) return;
  new EventSource("/-/events").addEventListener("change", () => {
    leaving = true;
    location.reload();
  });
})();

// One key decides: 1 major, 2 minor, 3 editorial. Whoever needs those keys for
// something else turns them off, and they stay off.
// @ts-check
"use strict";

(() => {
  const key = "codicil-desk-keys";
  const box = /** @type {HTMLInputElement | null} */ (document.querySelector("[data-keys]"));
  if (!box || !box.parentElement) return;
  box.checked = localStorage.getItem(key) !== "off";
  box.parentElement.hidden = false;
  box.addEventListener("change", () => localStorage.setItem(key, box.checked ? "on" : "off"));
  addEventListener("keydown", (event) => {
    const at = /** @type {Element} */ (event.target);
    const writing = at instanceof HTMLInputElement && at.type !== "checkbox" || at instanceof HTMLTextAreaElement || at instanceof HTMLSelectElement;
    if (!box.checked || event.repeat || event.ctrlKey || event.altKey || event.metaKey || writing) return;
    const button = /** @type {HTMLButtonElement | null} */ (document.querySelector("button[data-key='" + CSS.escape(event.key) + "']"));
    if (button) button.click();
  });
})();

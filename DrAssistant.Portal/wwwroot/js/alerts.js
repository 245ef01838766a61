// Alerts that come make way for what is being typed: they stand in the first corner that does not cover the field.
(() => {
  "use strict";
  const corners = ["", "high-up", "left"];
  const covers = (box, field) => box.height > 0 && box.left < field.right && box.right > field.left && box.top < field.bottom && box.bottom > field.top;

  function makeWay() {
    const toasts = document.querySelector("[data-makes-way]");
    if (!toasts) return;
    const field = document.activeElement?.closest?.("input, textarea, select, [contenteditable]")?.getBoundingClientRect();
    for (const corner of corners) {
      toasts.classList.remove("high-up", "left");
      if (corner) toasts.classList.add(corner);
      if (!field || !covers(toasts.getBoundingClientRect(), field)) return;
    }
  }

  document.addEventListener("focusin", makeWay);
  new MutationObserver(changes => {
    if (changes.some(change => change.target.closest?.("[data-makes-way]"))) makeWay();
  }).observe(document.body, { childList: true, subtree: true });
})();

// The keys of a board of lanes: arrows within and between lanes, Enter for the card's button. When a card goes away under the
// focus (somebody was called, here or elsewhere), the focus stays in its lane, as long as there is somebody in it.
(() => {
  "use strict";
  let last = null;

  const rowsOf = lane => [...lane.querySelectorAll("[data-row]")].filter(row => row.checkVisibility());
  const lanesOf = board => [...board.querySelectorAll("[data-lane-id]")].filter(lane => lane.checkVisibility());

  function sideways(row, step) {
    const lane = row.closest("[data-lane-id]");
    const lanes = lanesOf(row.closest("[data-lanes]"));
    const at = rowsOf(lane).indexOf(row);
    for (let next = lanes.indexOf(lane) + step; lanes[next]; next += step) {
      const rows = rowsOf(lanes[next]);
      if (rows.length > 0) return rows[Math.min(at, rows.length - 1)];
    }
    return null;
  }

  document.addEventListener("keydown", event => {
    const row = event.target.closest?.("[data-lanes] [data-row]");
    if (!row || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.key === "Enter" && event.target === row) {
      row.querySelector("[data-act]:not(:disabled)")?.click();
      event.preventDefault();
      return;
    }
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const next = step && sideways(row, step);
    if (next) { next.focus(); event.preventDefault(); }
  });

  document.addEventListener("focusin", event => {
    const row = event.target.closest?.("[data-lanes] [data-row]");
    const lane = row?.closest("[data-lane-id]");
    last = row ? { row, lane, at: rowsOf(lane).indexOf(row) } : event.target.closest?.("dialog, .toast") ? last : null;
  });

  new MutationObserver(() => {
    if (!last || document.activeElement !== document.body || document.querySelector("dialog[open]")) return;
    const rows = last.lane.isConnected ? rowsOf(last.lane) : [];
    const near = last.row.isConnected ? last.row : rows[Math.min(last.at, rows.length - 1)];
    // The last card of a lane has gone: on to where there are more.
    (near ?? lanesOf(last.lane.closest("[data-lanes]") ?? document.body).flatMap(rowsOf)[0])?.focus();
  }).observe(document.documentElement, { childList: true, subtree: true });
})();

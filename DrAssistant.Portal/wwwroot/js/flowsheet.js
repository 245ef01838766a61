// A table that is gone through by arrows, value by value. Space draws the test of the row; Enter is the button's own. One value at a time is a tab stop.
(() => {
  "use strict";
  const rowsOf = table => [...table.querySelectorAll("tbody tr:not(.flow-group)")];
  const cellsOf = row => [...row.querySelectorAll("[data-cell]")];

  function to(cell) {
    for (const other of cell.closest("[data-flow]").querySelectorAll("[data-cell][tabindex='0']")) other.tabIndex = -1;
    cell.tabIndex = 0;
    cell.focus();
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  function next(cell, key) {
    const row = cell.closest("tr");
    const rows = rowsOf(row.closest("[data-flow]"));
    const at = cellsOf(row).indexOf(cell);
    switch (key) {
      case "ArrowRight": return cellsOf(row)[at + 1];
      case "ArrowLeft": return cellsOf(row)[at - 1];
      case "ArrowDown": return cellsOf(rows[rows.indexOf(row) + 1] ?? row)[at];
      case "ArrowUp": return cellsOf(rows[rows.indexOf(row) - 1] ?? row)[at];
      case "Home": return cellsOf(row)[0];
      case "End": return cellsOf(row).at(-1);
      default: return null;
    }
  }

  document.addEventListener("keydown", event => {
    const cell = event.target.closest?.("[data-flow] [data-cell]");
    if (!cell || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.key === " ") {
      cell.closest("tr").querySelector("[data-draws]").click();
      event.preventDefault();
      return;
    }
    const there = next(cell, event.key);
    if (there) { to(there); event.preventDefault(); }
  });
})();

// The grid of the book: what stands in it, where, and what is next to what.

export const grid = () => document.querySelector("[data-book-grid]");
export const items = root => [...(root ?? document).querySelectorAll("[data-item]")];
export const columns = () => [...(grid()?.querySelectorAll("[data-column]") ?? [])];
export const columnAt = x => columns().find(c => { const r = c.getBoundingClientRect(); return x >= r.left && x < r.right; });

/** The earliest free slot of the grid; without one the first block. */
export function firstFree() {
  const free = items(grid()).filter(e => e.hasAttribute("data-free"));
  return free.sort((a, b) => a.dataset.minute - b.dataset.minute)[0] ?? items(grid())[0];
}

/** One stop for Tab in the whole grid: where the focus was last, or the first free slot. */
export function keepStop() {
  const all = items(grid());
  if (all.length && !all.some(e => e.tabIndex === 0)) (firstFree() ?? all[0]).tabIndex = 0;
}

export const placeOf = element => {
  const item = element?.closest?.("[data-item]");
  return item && { column: item.closest("[data-column]").dataset.column, minute: Number(item.dataset.minute) };
};

export const atPlace = ({ column, minute }) => {
  const near = items(document.querySelector(`[data-column="${column}"]`));
  return near.sort((a, b) => Math.abs(a.dataset.minute - minute) - Math.abs(b.dataset.minute - minute))[0];
};

/** Where a key leads from here; nothing at the edge. */
export function step(item, key) {
  const all = columns();
  const column = item.closest("[data-column]");
  const own = items(column);
  const at = own.indexOf(item);
  if (key === "ArrowDown") return own[at + 1];
  if (key === "ArrowUp") return own[at - 1];
  if (key === "Home") return own[0];
  if (key === "End") return own[own.length - 1];
  const way = key === "ArrowRight" ? 1 : -1;
  const box = item.getBoundingClientRect();
  const beside = own.find(e => { const r = e.getBoundingClientRect(); return (way > 0 ? r.left > box.right - 4 : r.right < box.left + 4) && r.top < box.bottom - 2 && r.bottom > box.top + 2; });
  if (beside) return beside;
  const middle = box.top + Math.min(box.height, 20) / 2;
  for (let i = all.indexOf(column) + way; i >= 0 && i < all.length; i += way) {
    const away = e => { const r = e.getBoundingClientRect(); return r.top <= middle && r.bottom >= middle ? 0 : Math.min(Math.abs(r.top - middle), Math.abs(r.bottom - middle)); };
    const there = items(all[i]).sort((a, b) => away(a) - away(b))[0];
    if (there) return there;
  }
  return null;
}

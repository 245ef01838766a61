// Dragging in the book: a mouse that moves lifts a block, a finger that rests does. The grip at its foot changes the length.
import { columnAt, grid } from "./book-grid.js";
import { drop, layBack, lengthOf, liftOf, place, put, snapped } from "./book-lift.js";

const HOLD = 350, STRAY = 5;
let press = null;

export function start() {
  document.addEventListener("pointerdown", onDown);
  document.addEventListener("pointermove", onMove);
  document.addEventListener("pointerup", onUp);
  document.addEventListener("pointercancel", release);
  document.addEventListener("touchmove", onTouch, { passive: false });
}

export function stop() {
  release();
  document.removeEventListener("pointerdown", onDown);
  document.removeEventListener("pointermove", onMove);
  document.removeEventListener("pointerup", onUp);
  document.removeEventListener("pointercancel", release);
  document.removeEventListener("touchmove", onTouch);
}

/** Whether the click that comes now only ends a drag. */
export const endsDrag = () => Boolean(press?.swallow);

/** Nothing is dragged any more; what was lies where it was. */
export function release() {
  clearTimeout(press?.timer);
  layBack(press?.lift);
  document.removeEventListener("keydown", escape, true);
  press = null;
}

function onDown(event) {
  drop();
  release();
  const block = event.target.closest?.("[data-book-grid] [data-movable]");
  if (!block || event.button !== 0 || !event.isPrimary) return;
  const box = block.getBoundingClientRect();
  press = { block, x: event.clientX, y: event.clientY, grab: event.clientY - box.top, id: event.pointerId, touch: event.pointerType !== "mouse", resize: Boolean(event.target.closest("[data-grip]")) };
  // A finger that moves at once scrolls; one that rests first lifts.
  if (press.touch) press.timer = setTimeout(() => { if (press?.block.isConnected && !press.lift) raise(); }, HOLD);
}

function raise() {
  press.lift = liftOf(press.block);
  press.swallow = true;
  press.block.setPointerCapture?.(press.id);
  document.addEventListener("keydown", escape, true);
}

function escape(event) {
  if (event.key !== "Escape" || !press?.lift) return;
  event.preventDefault();
  event.stopPropagation();
  settle();
  document.removeEventListener("keydown", escape, true);
}

function onMove(event) {
  if (!press || event.pointerId !== press.id) return;
  // Somebody else moved it, or the day changed, under the hand.
  if (!press.block.isConnected || press.lift?.column.isConnected === false) { release(); return; }
  if (!press.lift) {
    const far = Math.hypot(event.clientX - press.x, event.clientY - press.y) > STRAY;
    if (far && press.touch) { clearTimeout(press.timer); press = null; return; }
    if (far) raise(); else return;
  }
  if (press.over) return;
  const state = press.lift;
  const g = grid(), px = Number(g.dataset.pixels);
  const minuteAt = y => Number(g.dataset.from) + (y - state.column.getBoundingClientRect().top) / px;
  if (press.resize) {
    const slot = Number(state.column.dataset.slot);
    state.minutes = lengthOf(Math.round((minuteAt(event.clientY) - state.minute) / slot) * slot, slot);
  } else {
    state.column = columnAt(event.clientX) ?? state.column;
    state.minute = snapped(state.column, minuteAt(event.clientY - press.grab), state.minutes);
  }
  place(state.ghost, state.column, state.minute, state.minutes);
  nudge(event.clientY);
}

/** At the upper and lower edge the grid goes on by itself. */
function nudge(y) {
  const scroller = grid().closest(".book-scroll");
  const box = scroller.getBoundingClientRect();
  if (y > box.bottom - 40) scroller.scrollTop += 12;
  else if (y < box.top + 90) scroller.scrollTop -= 12;
}

function onTouch(event) {
  if (press?.lift) event.preventDefault();
}

function onUp(event) {
  if (!press || event.pointerId !== press.id) return;
  clearTimeout(press.timer);
  const state = press.lift;
  if (!state) { press = null; return; }
  const moved = !press.over;
  settle();
  document.removeEventListener("keydown", escape, true);
  // The click that ends a drag opens nothing.
  setTimeout(() => { press = null; }, 0);
  if (moved) put(state);
}

/** The ghost is gone; the press lasts until its click is over. */
function settle() {
  layBack(press.lift);
  press.over = true;
}

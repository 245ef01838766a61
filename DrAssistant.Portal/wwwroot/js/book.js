// The appointment book: what has to follow the hand cannot wait for the server. Arrows move the focus in the grid, a block is dragged
// or carried by keys, and only where it was put down is told.
const narrow = matchMedia("(max-width: 900px)");
const HOLD = 350, PATIENCE = 2000, STRAY = 5, DAY = 1440;
let hand = null;
let opener = null;
let watcher = null;
let lift = null;
let press = null;
let early = null;
let held = null;

export function start(dotnet) {
  hand = dotnet;
  document.addEventListener("keydown", onKey, true);
  document.addEventListener("focusin", onFocus);
  document.addEventListener("click", onClick, true);
  document.addEventListener("pointerdown", onDown);
  document.addEventListener("pointermove", onMove);
  document.addEventListener("pointerup", onUp);
  document.addEventListener("pointercancel", drop);
  document.addEventListener("touchmove", onTouch, { passive: false });
  narrow.addEventListener("change", onNarrow);
  watcher = new MutationObserver(() => { keepStop(); keepFocus(); });
  watcher.observe(document.querySelector("main"), { childList: true, subtree: true });
  return narrow.matches;
}

export function stop() {
  drop();
  document.removeEventListener("keydown", onKey, true);
  document.removeEventListener("focusin", onFocus);
  document.removeEventListener("click", onClick, true);
  document.removeEventListener("pointerdown", onDown);
  document.removeEventListener("pointermove", onMove);
  document.removeEventListener("pointerup", onUp);
  document.removeEventListener("pointercancel", drop);
  document.removeEventListener("touchmove", onTouch);
  narrow.removeEventListener("change", onNarrow);
  watcher?.disconnect();
  hand = opener = watcher = early = held = null;
}

const onNarrow = () => hand?.invokeMethodAsync("NarrowedAsync", narrow.matches);

// ---- focus

const grid = () => document.querySelector("[data-book-grid]");
const items = root => [...(root ?? document).querySelectorAll("[data-item]")];

/** Brings now into sight; the focus goes to the first free slot, unless it is somewhere already. */
export function begin() {
  const now = document.querySelector(".now-line, .agenda-now");
  const scroller = now?.closest(".book-scroll") ?? now?.closest("main");
  if (now && scroller) {
    const away = now.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
    if (away > scroller.clientHeight * (narrow.matches ? .85 : .6)) scroller.scrollTop += away - scroller.clientHeight * .35;
  }
  keepStop();
  const active = document.activeElement;
  if (!active || active === document.body || active.matches("h1, main")) firstFree()?.focus({ preventScroll: Boolean(now) });
}

/** The earliest free slot of the grid; without one the first block. */
function firstFree() {
  const free = items(grid()).filter(e => e.hasAttribute("data-free"));
  return free.sort((a, b) => a.dataset.minute - b.dataset.minute)[0] ?? items(grid())[0];
}

/** One stop for Tab in the whole grid: where the focus was last, or the first free slot. */
function keepStop() {
  const all = items(grid());
  if (all.length && !all.some(e => e.tabIndex === 0)) (firstFree() ?? all[0]).tabIndex = 0;
}

// ---- who presses B and types goes on typing while the panel opens: the letters wait for the field

const opens = element => element?.matches?.(".book-new, [data-free]");

function waitForField() {
  if (!early && !document.getElementById("booking-patient")) early = { text: "", until: performance.now() + PATIENCE };
}

function typedEarly(event) {
  if (!early) return false;
  if (performance.now() > early.until || event.key === "Escape" || event.key === "Tab") { early = null; return false; }
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  if (event.target.closest?.("input, textarea, select")) return false;
  if (event.key === "Backspace") early.text = early.text.slice(0, -1);
  else if (event.key.length === 1) early.text += event.key;
  else return false;
  event.preventDefault();
  event.stopPropagation();
  return true;
}

function giveEarly(field) {
  const text = early?.text;
  early = null;
  if (!text) return;
  field.value += text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** A slot that was booked or moved away under the focus leaves it to what stands there now. */
function keepFocus() {
  if (!held || held.item.isConnected || (document.activeElement && document.activeElement !== document.body)) return;
  const there = atPlace(held.place);
  if (there) there.focus({ preventScroll: true }); else if (grid()) held = null;
}

function onFocus(event) {
  held = null;
  if (event.target.id === "booking-patient") giveEarly(event.target);
  const item = event.target.closest?.("[data-book-grid] [data-item]");
  if (!item) return;
  for (const other of items(grid())) if (other !== item && other.tabIndex === 0) other.tabIndex = -1;
  item.tabIndex = 0;
  held = { item, place: placeOf(item) };
}

export function remember() {
  const at = document.activeElement;
  opener = { element: at, place: placeOf(at) };
}

/** Back to what opened the panel; if that is gone, to what stands there now. */
export function giveBack() {
  const { element, place } = opener ?? {};
  opener = null;
  const there = element?.isConnected && element !== document.body ? element : place && atPlace(place);
  (there ?? grid()?.querySelector('[data-item][tabindex="0"]') ?? document.querySelector("h1"))?.focus();
}

const placeOf = element => {
  const item = element?.closest?.("[data-item]");
  return item && { column: item.closest("[data-column]").dataset.column, minute: Number(item.dataset.minute) };
};

const atPlace = ({ column, minute }) => {
  const near = items(document.querySelector(`[data-column="${column}"]`));
  return near.sort((a, b) => Math.abs(a.dataset.minute - minute) - Math.abs(b.dataset.minute - minute))[0];
};

/** The first of these that is there: they are parted by bars, the most wanted first. */
export function focusOn(selectors) {
  for (const selector of selectors.split("|")) {
    const element = document.querySelector(selector);
    if (element) { element.focus(); return; }
  }
}

// ---- arrows

function step(item, key) {
  const columns = [...grid().querySelectorAll("[data-column]")];
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
  for (let i = columns.indexOf(column) + way; i >= 0 && i < columns.length; i += way) {
    const away = e => { const r = e.getBoundingClientRect(); return r.top <= middle && r.bottom >= middle ? 0 : Math.min(Math.abs(r.top - middle), Math.abs(r.bottom - middle)); };
    const there = items(columns[i]).sort((a, b) => away(a) - away(b))[0];
    if (there) return there;
  }
  return null;
}

function onKey(event) {
  if (lift) { carryKey(event); return; }
  if (typedEarly(event)) return;
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const item = event.target.closest?.("[data-book-grid] [data-item]");
  if (!item || !["ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) return;
  event.preventDefault();
  event.stopPropagation();
  step(item, event.key)?.focus();
}

/** A digit chooses a column: the button that says so is pressed by the key, and by a screen reader. */
function onClick(event) {
  if (!press?.swallow && opens(event.target.closest?.("button"))) waitForField();
  const to = event.target.closest?.("[data-to-column]");
  if (!to) {
    if (press?.swallow) { event.preventDefault(); event.stopPropagation(); }
    return;
  }
  const own = items(document.querySelector(`[data-column="${to.dataset.toColumn}"]`));
  (own.find(e => e.hasAttribute("data-free")) ?? own[0])?.focus();
}

// ---- where a block would stand

const columnAt = x => [...grid().querySelectorAll("[data-column]")].find(c => { const r = c.getBoundingClientRect(); return x >= r.left && x < r.right; });
const clock = minute => `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

function snapped(column, minute, minutes) {
  const g = grid(), slot = Number(column.dataset.slot), base = Number(column.dataset.base);
  const at = base + Math.round((minute - base) / slot) * slot;
  return Math.max(Number(g.dataset.from), Math.min(at, Math.min(Number(g.dataset.to), DAY) - minutes));
}

function place(ghost, column, minute, minutes) {
  const g = grid(), px = Number(g.dataset.pixels);
  if (ghost.parentElement !== column) column.appendChild(ghost);
  ghost.style.top = `${(minute - Number(g.dataset.from)) * px}px`;
  ghost.style.height = `${minutes * px}px`;
  ghost.querySelector("span").textContent = `${clock(minute)} to ${clock(minute + minutes)}`;
}

function ghostOf(block) {
  const ghost = document.createElement("div");
  ghost.className = "book-pick ghost";
  ghost.setAttribute("aria-hidden", "true");
  const name = ghost.appendChild(document.createElement("b"));
  name.className = "cut";
  name.textContent = block.querySelector("b").textContent;
  ghost.appendChild(document.createElement("span")).className = "end";
  return ghost;
}

const say = words => { const said = document.querySelector(".book-said"); if (said) said.textContent = words; };

function put({ block, column, minute, minutes }) {
  hand?.invokeMethodAsync("DroppedAsync", block.dataset.visit, column.dataset.doctor, column.dataset.day, minute, minutes);
}

function liftOf(block) {
  const column = block.closest("[data-column]");
  const state = { block, column, minute: Number(block.dataset.minute), minutes: Number(block.dataset.minutes), ghost: ghostOf(block) };
  block.classList.add("lifted");
  place(state.ghost, column, state.minute, state.minutes);
  return state;
}

/** Whatever was lifted lies where it was. */
function drop() {
  clearTimeout(press?.timer);
  for (const state of [lift, press?.lift]) {
    state?.ghost.remove();
    state?.block.classList.remove("lifted");
  }
  lift = press = null;
}

// ---- by keys

export function carry(visit) {
  drop();
  const block = document.getElementById(`visit-${visit}`);
  if (!block?.closest("[data-book-grid]")) return;
  lift = liftOf(block);
  block.focus();
  say(`${block.querySelector("b").textContent} lifted. Arrows move, Shift and an arrow change the length, Enter puts it down, Escape leaves it.`);
}

function carryKey(event) {
  const own = ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Enter", "Escape", " "];
  if (event.key === "Tab") { drop(); return; }
  if (!own.includes(event.key)) return;
  event.preventDefault();
  event.stopPropagation();
  const state = lift;
  if (event.key === "Escape") { drop(); state.block.focus(); say("Left where it was."); return; }
  if (event.key === "Enter" || event.key === " ") { drop(); put(state); return; }
  const slot = Number(state.column.dataset.slot);
  const columns = [...grid().querySelectorAll("[data-column]")];
  if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
    const next = columns[columns.indexOf(state.column) + (event.key === "ArrowRight" ? 1 : -1)];
    if (next) state.column = next;
  } else if (event.shiftKey) {
    state.minutes = Math.max(5, Math.min(240, state.minutes + (event.key === "ArrowDown" ? slot : -slot)));
    if (state.minutes < slot) state.minutes = slot;
  } else {
    state.minute += event.key === "ArrowDown" ? slot : -slot;
  }
  state.minute = snapped(state.column, state.minute, state.minutes);
  place(state.ghost, state.column, state.minute, state.minutes);
  state.ghost.scrollIntoView({ block: "nearest", inline: "nearest" });
  say(`${clock(state.minute)} to ${clock(state.minute + state.minutes)}, ${state.column.dataset.name}`);
}

// ---- by hand

function onDown(event) {
  held = null;
  if (lift) drop();
  press = null;
  const block = event.target.closest?.("[data-book-grid] [data-movable]");
  if (!block || event.button !== 0 || !event.isPrimary) return;
  const box = block.getBoundingClientRect();
  press = { block, x: event.clientX, y: event.clientY, grab: event.clientY - box.top, id: event.pointerId, touch: event.pointerType !== "mouse", resize: Boolean(event.target.closest("[data-grip]")) };
  // A finger that moves at once scrolls; one that rests first lifts.
  if (press.touch) press.timer = setTimeout(() => { if (press && !press.lift) raise(); }, HOLD);
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
    state.minutes = Math.max(slot, Math.min(240, Math.round((minuteAt(event.clientY) - state.minute) / slot) * slot));
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
  press.lift.ghost.remove();
  press.lift.block.classList.remove("lifted");
  press.over = true;
}

// The appointment book: what has to follow the hand cannot wait for the server. This is the focus: arrows move it in the grid, and a
// change under it leaves it where it was. Blocks are lifted in book-lift.js and dragged in book-hand.js.
import { atPlace, firstFree, grid, items, keepStop, placeOf, step } from "./book-grid.js";
import * as dragging from "./book-hand.js";
import * as lifting from "./book-lift.js";

const narrow = matchMedia("(max-width: 900px)");
const PATIENCE = 2000;
let hand = null;
let opener = null;
let watcher = null;
let early = null;
let held = null;

export function start(dotnet) {
  hand = dotnet;
  document.addEventListener("keydown", onKey, true);
  document.addEventListener("focusin", onFocus);
  document.addEventListener("click", onClick, true);
  document.addEventListener("pointerdown", forget);
  lifting.tell(dotnet);
  dragging.start();
  narrow.addEventListener("change", onNarrow);
  watcher = new MutationObserver(() => { keepStop(); keepFocus(); });
  watcher.observe(document.querySelector("main"), { childList: true, subtree: true });
  return narrow.matches;
}

export function stop() {
  dragging.stop();
  lifting.drop();
  lifting.tell(null);
  document.removeEventListener("keydown", onKey, true);
  document.removeEventListener("focusin", onFocus);
  document.removeEventListener("click", onClick, true);
  document.removeEventListener("pointerdown", forget);
  narrow.removeEventListener("change", onNarrow);
  watcher?.disconnect();
  hand = opener = watcher = early = held = null;
}

const onNarrow = () => hand?.invokeMethodAsync("NarrowedAsync", narrow.matches);

// ---- focus

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

const forget = () => { held = null; };

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

/** The first of these that is there: they are parted by bars, the most wanted first. */
export function focusOn(selectors) {
  for (const selector of selectors.split("|")) {
    const element = document.querySelector(selector);
    if (element) { element.focus(); return; }
  }
}

// ---- arrows

function onKey(event) {
  if (lifting.isCarried()) { lifting.carryKey(event); return; }
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
  if (!dragging.endsDrag() && opens(event.target.closest?.("button"))) waitForField();
  const to = event.target.closest?.("[data-to-column]");
  if (!to) {
    if (dragging.endsDrag()) { event.preventDefault(); event.stopPropagation(); }
    return;
  }
  const own = items(document.querySelector(`[data-column="${to.dataset.toColumn}"]`));
  (own.find(e => e.hasAttribute("data-free")) ?? own[0])?.focus();
}

/** A block is taken up by the card's Move; from here on keys carry it. */
export function carry(visit) {
  dragging.release();
  lifting.carry(visit);
}

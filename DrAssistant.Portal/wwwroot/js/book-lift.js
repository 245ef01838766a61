// A block that is lifted: its ghost, where that would stand, and carrying it by keys. Only where it is put down is told.
import { columns, grid } from "./book-grid.js";

const DAY = 1440, SHORTEST = 5, LONGEST = 240;
let told = null;
let carried = null;

/** Who hears where a block was put down; null for nobody any more. */
export function tell(dotnet) { told = dotnet; }

export const isCarried = () => carried !== null;

const clock = minute => `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

export function snapped(column, minute, minutes) {
  const g = grid(), slot = Number(column.dataset.slot), base = Number(column.dataset.base);
  const at = base + Math.round((minute - base) / slot) * slot;
  return Math.max(Number(g.dataset.from), Math.min(at, Math.min(Number(g.dataset.to), DAY) - minutes));
}

export function place(ghost, column, minute, minutes) {
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

export function put({ block, column, minute, minutes }) {
  told?.invokeMethodAsync("DroppedAsync", block.dataset.visit, column.dataset.doctor, column.dataset.day, minute, minutes);
}

export const lengthOf = (minutes, slot) => Math.max(slot, SHORTEST, Math.min(LONGEST, minutes));

export function liftOf(block) {
  const column = block.closest("[data-column]");
  const state = { block, column, minute: Number(block.dataset.minute), minutes: Number(block.dataset.minutes), ghost: ghostOf(block) };
  block.classList.add("lifted");
  place(state.ghost, column, state.minute, state.minutes);
  return state;
}

export function layBack(state) {
  state?.ghost.remove();
  state?.block.classList.remove("lifted");
}

/** What keys carry lies where it was. */
export function drop() {
  layBack(carried);
  carried = null;
  document.querySelector(".book-carried")?.remove();
}

/** For the eye: a block that is lifted by a button looks like one that was only pressed. */
function tellKeys(name) {
  const line = document.createElement("p");
  line.className = "toast book-carried";
  line.setAttribute("aria-hidden", "true");
  line.append(`Moving ${name}`);
  for (const [keys, words] of [["↑ ↓ ← →", "move"], ["Shift ↑ ↓", "length"], ["Enter", "put down"], ["Esc", "leave it"]]) {
    const part = line.appendChild(document.createElement("span"));
    part.appendChild(document.createElement("kbd")).textContent = keys;
    part.append(` ${words}`);
  }
  document.body.appendChild(line);
}

export function carry(visit) {
  drop();
  const block = document.getElementById(`visit-${visit}`);
  if (!block?.closest("[data-book-grid]")) return;
  carried = liftOf(block);
  block.focus();
  tellKeys(block.querySelector("b").textContent);
  say(`${block.querySelector("b").textContent} lifted. Arrows move, Shift and an arrow change the length, Enter puts it down, Escape leaves it.`);
}

export function carryKey(event) {
  const own = ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Enter", "Escape", " "];
  if (event.key === "Tab" || !grid() || !carried.column.isConnected) { drop(); return; }
  if (!own.includes(event.key)) return;
  event.preventDefault();
  event.stopPropagation();
  const state = carried;
  if (event.key === "Escape") { drop(); state.block.focus(); say("Left where it was."); return; }
  if (event.key === "Enter" || event.key === " ") { drop(); put(state); return; }
  const slot = Number(state.column.dataset.slot);
  if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
    const next = columns()[columns().indexOf(state.column) + (event.key === "ArrowRight" ? 1 : -1)];
    if (next) state.column = next;
  } else if (event.shiftKey) {
    state.minutes = lengthOf(state.minutes + (event.key === "ArrowDown" ? slot : -slot), slot);
  } else {
    state.minute += event.key === "ArrowDown" ? slot : -slot;
  }
  state.minute = snapped(state.column, state.minute, state.minutes);
  place(state.ghost, state.column, state.minute, state.minutes);
  state.ghost.scrollIntoView({ block: "nearest", inline: "nearest" });
  say(`${clock(state.minute)} to ${clock(state.minute + state.minutes)}, ${state.column.dataset.name}`);
}

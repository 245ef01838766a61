// A sentence of a draft and the words that it rests on: pointing at one marks the other, at once and without the server.
const places = row => row.dataset.spans.split(" ").filter(Boolean).map(span => {
  const [transcript, stretch] = span.split(":");
  const [from, to] = stretch.split("-").map(Number);
  return { transcript, from, to };
});
const listOf = slice => slice.closest("[data-said-list]");

export function open() {
  const stops = [];
  const listen = (name, act) => {
    document.addEventListener(name, act);
    stops.push(() => document.removeEventListener(name, act));
  };
  listen("pointerover", event => { const row = event.target.closest?.("[data-draft-row]"); if (row && !document.activeElement?.matches("[data-draft-row]")) mark(row); });
  listen("focusin", event => { const row = event.target.closest?.("[data-draft-row]"); if (row) mark(row); });
  listen("click", event => onClick(event));
  listen("keydown", event => onKey(event));
  return { close: () => { clear(); stops.forEach(stop => stop()); } };
}

function clear() {
  document.querySelectorAll(".draft-row.at, .said-text .said-hit").forEach(lit => { lit.classList.remove("at", "said-hit"); delete lit.dataset.n; });
}

/** The words of a sentence, numbered in the order in which it rests on them, and the first of them in sight. */
function mark(row) {
  if (row.classList.contains("at")) return;
  clear();
  row.classList.add("at");
  let first = null;
  places(row).forEach(({ transcript, from, to }, place) => {
    let lead = true;
    for (const slice of document.querySelectorAll(`[data-said-list="${transcript}"] .said-text [data-at]`)) {
      if (Number(slice.dataset.at) < from || Number(slice.dataset.to) > to) continue;
      slice.classList.add("said-hit");
      if (lead) slice.dataset.n = place + 1;
      lead = false;
      first ??= slice;
    }
  });
  if (first) show(first);
}

/** The list of its transcript comes into the panel, and the words into the list; the page itself stays where it is. */
function show(slice) {
  const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
  const list = listOf(slice);
  list.scrollTo({ top: slice.offsetTop - list.clientHeight / 3, behavior });
  const panel = list.closest(".rx-scroll");
  const [inner, outer] = [(list.scrollHeight > list.clientHeight ? list : slice).getBoundingClientRect(), panel?.getBoundingClientRect()];
  if (panel && panel.scrollHeight > panel.clientHeight && (inner.top < outer.top || inner.bottom > outer.bottom)) {
    panel.scrollTo({ top: panel.scrollTop + inner.top - outer.top - 8, behavior });
  }
}

/** A word that was tapped leads to the sentences that were made of it. */
function onClick(event) {
  const slice = event.target.closest?.(".said-text [data-at]");
  if (!slice) return;
  const at = Number(slice.dataset.at);
  const said = listOf(slice).dataset.saidList;
  const rows = [...document.querySelectorAll("[data-draft-row]")].filter(row => places(row).some(({ transcript, from, to }) => transcript === said && from <= at && at < to));
  if (!rows.length) return;
  mark(rows[0]);
  rows.slice(1).forEach(row => row.classList.add("at"));
  rows[0].scrollIntoView({ block: "nearest" });
}

function onKey(event) {
  const row = event.target.closest?.("[data-draft-row]");
  const part = event.target.closest?.("[data-draft-part]");
  if (part && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    part.querySelector("[data-draft-accept]")?.click();
    return;
  }
  if (!row || event.target !== row) return;
  if (event.key === "Enter") {
    event.preventDefault();
    play(row);
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    const rows = [...document.querySelectorAll("[data-draft-row]")];
    const next = rows[rows.indexOf(row) + (event.key === "ArrowDown" ? 1 : -1)];
    if (next) {
      event.preventDefault();
      next.focus();
    }
  }
}

/** From where the sentence was said, in the recording in which it was; another one that plays is silent then. */
function play(row) {
  const sound = row.dataset.recording && document.querySelector(`audio[data-recording-sound="${row.dataset.recording}"]`);
  if (!sound || !row.dataset.from) return;
  document.querySelectorAll("audio[data-recording-sound]").forEach(other => { if (other !== sound) other.pause(); });
  sound.currentTime = Number(row.dataset.from);
  sound.play().catch(() => {});
}

// A picture looked at closely: + and - and the wheel with Ctrl zoom, two fingers too; arrows and dragging move; 0 fits it into its frame, 1 shows every pixel.

const least = 0.05;
const most = 8;
const step = 1.25;

export function view(root) {
  const frame = root.querySelector("[data-frame]");
  const picture = frame.querySelector("img");
  const percent = root.querySelector("[data-percent]");
  const fingers = new Map();
  let zoom = 1;
  let fits = true;
  let apart = 0;

  const fitting = () => Math.min(1, frame.clientWidth / picture.naturalWidth, frame.clientHeight / picture.naturalHeight) || 1;

  /** Shows it so large; what is at the place stays there. */
  function set(to, place) {
    const at = place ?? { x: frame.clientWidth / 2, y: frame.clientHeight / 2 };
    const before = zoom;
    zoom = Math.min(most, Math.max(least, to));
    picture.style.width = `${picture.naturalWidth * zoom}px`;
    const by = zoom / before;
    frame.scrollLeft = (frame.scrollLeft + at.x) * by - at.x;
    frame.scrollTop = (frame.scrollTop + at.y) * by - at.y;
    percent.textContent = `${Math.round(zoom * 100)} %`;
  }

  function fit() {
    fits = true;
    set(fitting());
  }

  function by(factor, place) {
    fits = false;
    set(zoom * factor, place);
  }

  const acts = { in: () => by(step), out: () => by(1 / step), fit, full: () => { fits = false; set(1); } };
  const keys = { "+": "in", "=": "in", "-": "out", "0": "fit", "1": "full" };
  const placeOf = event => {
    const box = frame.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };

  root.addEventListener("click", event => acts[event.target.closest?.("[data-zoom]")?.dataset.zoom]?.());
  frame.addEventListener("keydown", event => {
    const act = acts[keys[event.key]];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    act();
    event.preventDefault();
  });
  frame.addEventListener("wheel", event => {
    if (!event.ctrlKey) return;
    by(event.deltaY < 0 ? 1.1 : 1 / 1.1, placeOf(event));
    event.preventDefault();
  }, { passive: false });

  frame.addEventListener("pointerdown", event => {
    fingers.set(event.pointerId, event);
    frame.setPointerCapture(event.pointerId);
    frame.classList.add("moves");
  });
  frame.addEventListener("pointermove", event => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    fingers.set(event.pointerId, event);
    if (fingers.size === 1) {
      frame.scrollLeft -= event.clientX - before.clientX;
      frame.scrollTop -= event.clientY - before.clientY;
      return;
    }
    const [one, two] = [...fingers.values()];
    const now = Math.hypot(one.clientX - two.clientX, one.clientY - two.clientY);
    if (apart > 0 && now > 0) by(now / apart, placeOf({ clientX: (one.clientX + two.clientX) / 2, clientY: (one.clientY + two.clientY) / 2 }));
    apart = now;
  });
  const lift = event => {
    fingers.delete(event.pointerId);
    apart = 0;
    frame.classList.toggle("moves", fingers.size > 0);
  };
  frame.addEventListener("pointerup", lift);
  frame.addEventListener("pointercancel", lift);

  new ResizeObserver(() => { if (fits && picture.naturalWidth) fit(); }).observe(frame);
  const show = is => {
    picture.hidden = !is;
    root.querySelector("[data-broken]").hidden = is;
    for (const button of root.querySelectorAll("[data-zoom]")) button.disabled = !is;
    if (is) fit();
  };
  picture.addEventListener("load", () => show(true));
  picture.addEventListener("error", () => show(false));
  root.querySelector("[data-again]").addEventListener("click", () => { picture.src = picture.src; });

  // It may have come, or not come, before this script did.
  if (picture.complete) show(picture.naturalWidth > 0);
}

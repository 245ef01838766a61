// What has to happen at once, without the server: theme, navigation, keys, rows by arrow.
(() => {
  "use strict";
  const root = document.documentElement;
  const narrow = matchMedia("(max-width: 900px)");
  const remember = (name, value) => {
    const secure = location.protocol === "https:" ? "; secure" : "";
    document.cookie = `${name}=${value}; path=/; max-age=31536000; samesite=lax${secure}`;
  };

  /** "light", "dark" or "system". */
  function theme(choice) {
    if (choice === "system") delete root.dataset.theme; else root.dataset.theme = choice;
    for (const sheet of document.querySelectorAll("link[data-kit]")) {
      sheet.media = choice === "system" ? `(prefers-color-scheme: ${sheet.dataset.kit})` : "all";
      sheet.disabled = choice !== "system" && choice !== sheet.dataset.kit;
    }
    remember("dr-theme", choice);
  }

  /** "small", "medium" or "large": everything is measured by the letters. */
  function size(choice) {
    if (choice === "medium") delete root.dataset.size; else root.dataset.size = choice;
    remember("dr-size", choice);
  }

  function fold(rail) {
    root.dataset.nav = rail ? "rail" : "wide";
    remember("dr-nav", root.dataset.nav);
    showState();
  }

  /** What the person chose at another computer. Unfolded is what everybody begins with and takes no page's own way from it. */
  function follow(rail) {
    if (rail || root.dataset.nav === "rail") fold(rail);
    else showState();
  }

  function drawer(open) {
    const was = root.dataset.drawer === "open";
    if (open) root.dataset.drawer = "open"; else delete root.dataset.drawer;
    document.querySelector("main")?.toggleAttribute("inert", open);
    if (open) document.querySelector(".side a")?.focus();
    if (was && !open) document.querySelector(".menu-button")?.focus();
    showState();
  }

  /** By hand, or by the page where nobody has chosen. */
  const folded = () => root.dataset.nav ? root.dataset.nav === "rail" : Boolean(document.querySelector(".shell.folds"));

  function showState() {
    const open = narrow.matches ? root.dataset.drawer === "open" : !folded();
    document.querySelector(".menu-button")?.setAttribute("aria-expanded", open);
  }

  /** Folds or unfolds; answers whether it is a rail now, or null where the navigation is a drawer, which nobody remembers. */
  function toggleNavigation() {
    if (narrow.matches) {
      drawer(root.dataset.drawer !== "open");
      return null;
    }
    fold(!folded());
    return root.dataset.nav === "rail";
  }

  narrow.addEventListener("change", () => drawer(false));
  document.addEventListener("click", e => {
    if (e.target.closest?.(".drawer-scrim") || (e.target.closest?.(".side a") && narrow.matches)) drawer(false);
    const menu = e.target.closest?.(".menu[popover] button");
    if (menu) menu.closest("[popover]").hidePopover();
  });

  // ---- keys: an element names its own in aria-keyshortcuts ("S", "G T", "/", "Control+K")
  const typing = target => target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
  const visible = element => element.checkVisibility?.({ visibilityProperty: true }) ?? element.offsetParent !== null;
  const withKey = key => [...document.querySelectorAll("[aria-keyshortcuts]")]
    .find(e => e.getAttribute("aria-keyshortcuts").toLowerCase() === key && visible(e) && !e.disabled);
  // What a field held when it was entered, or when it last told: only what differs from that is told.
  const told = new WeakMap();
  const hear = event => { if (typing(event.target)) told.set(event.target, event.target.value); };
  document.addEventListener("focusin", hear, true);
  document.addEventListener("change", hear, true);

  /** What stands in the field is told before a key acts on it; without the key, leaving the field does that. */
  function commit() {
    const field = typing(document.activeElement ?? document.body);
    if (field && told.get(field) !== field.value) field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  document.addEventListener("keydown", event => {
    const acts = event.key === "Escape" || (event.key === "Enter" && (event.ctrlKey || event.metaKey || !event.target.matches?.("textarea")));
    if (acts && !event.isComposing) commit();
  }, true);

  const use = element => {
    commit();
    if (element.matches("input, textarea, select")) { element.focus(); element.select?.(); } else element.click();
  };
  let goPressed = -Infinity;

  function keyOf(event) {
    if (event.ctrlKey || event.metaKey) return event.altKey ? null : `control+${event.key.toLowerCase()}`;
    // By the place of the key and not by its letter: with Alt a Mac types another one. AltGr is Ctrl and Alt, and types.
    if (event.altKey) return `alt+${event.code.replace(/^(Key|Digit)/, "").toLowerCase()}`;
    if (typing(event.target)) return null;
    const afterGo = event.timeStamp - goPressed < 1500;
    goPressed = event.key.toLowerCase() === "g" && !afterGo ? event.timeStamp : -Infinity;
    return afterGo ? `g ${event.key.toLowerCase()}` : event.key.toLowerCase();
  }

  document.addEventListener("keydown", event => {
    if (event.key === "Escape" && root.dataset.drawer === "open") { drawer(false); return; }
    if (event.defaultPrevented || document.querySelector("dialog[open]") || event.isComposing) return;
    if (moved(event)) { event.preventDefault(); return; }
    const key = keyOf(event);
    if (key === "?") { showKeys(); event.preventDefault(); return; }
    const target = key && withKey(key);
    if (target) { event.preventDefault(); use(target); }
  });

  function showKeys() {
    const dialog = document.getElementById("key-list");
    if (!dialog) return;
    const list = dialog.querySelector("dl");
    list.replaceChildren();
    const add = (keys, words) => {
      const name = list.appendChild(document.createElement("dt"));
      keys.split(/ |\+/).forEach(key => {
        name.appendChild(document.createElement("kbd")).textContent = key === "Control" ? "Ctrl" : key;
        name.append(" ");
      });
      list.appendChild(document.createElement("dd")).textContent = words;
    };
    for (const element of document.querySelectorAll("[aria-keyshortcuts]")) {
      if (visible(element)) add(element.getAttribute("aria-keyshortcuts"), element.dataset.keyWords ?? element.getAttribute("aria-label") ?? element.textContent.trim());
    }
    if (document.querySelector("[data-rows]")) add("↑ ↓", "Next and previous row");
    if (document.querySelector("[data-rows] [aria-expanded]")) add("← →", "Fold and unfold the row");
    add("?", "This list");
    add("Esc", "Close what is open on top");
    dialog.showModal();
  }

  // ---- rows: arrows move between [data-row] inside [data-rows], and from the field that names that list in data-rows-of
  function moved(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const row = event.target.closest?.("[data-row]");
    if (row && ["ArrowLeft", "ArrowRight"].includes(event.key) && row.hasAttribute("aria-expanded")) {
      if ((row.getAttribute("aria-expanded") === "true") === (event.key === "ArrowLeft")) row.click();
      return true;
    }
    if (!step) return false;
    const field = event.target.closest?.("[data-rows-of]");
    const list = field ? document.getElementById(field.dataset.rowsOf) : row?.closest("[data-rows]");
    if (!list) return false;
    const rows = [...list.querySelectorAll("[data-row]")];
    const at = field ? (step > 0 ? -1 : rows.length) : rows.indexOf(row);
    const next = rows[at + step];
    if (next) next.focus();
    else if (step < 0 && list.id) document.querySelector(`[data-rows-of="${list.id}"]`)?.focus();
    return Boolean(next) || Boolean(field);
  }

  // ---- the palette: these keys move in its list and not in its field
  document.addEventListener("keydown", event => {
    if (event.target.id === "palette-text" && ["ArrowUp", "ArrowDown", "PageUp", "PageDown"].includes(event.key)) event.preventDefault();
  });

  /** The line that the keys have come to. */
  function inSight(id) {
    document.getElementById(id)?.scrollIntoView({ block: "nearest" });
  }

  // ---- cards that can be dragged: this client script does not cancel dragover for a handler that is not there
  document.addEventListener("dragover", event => { if (event.target.closest?.("[data-drop]")) event.preventDefault(); });

  // ---- a button with data-autoload is pressed when it comes into sight
  let asked = false;
  document.addEventListener("scroll", () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      const button = document.querySelector("[data-autoload]:not(:disabled)");
      if (button && button.getBoundingClientRect().top < innerHeight + 240) button.click();
    });
  }, { capture: true, passive: true });

  /** Scrolls the page so that the first of these, from the top, is in sight; the heads above stay. */
  function reveal(selector) {
    const first = [...document.querySelectorAll(selector)].map(e => e.getBoundingClientRect().top).sort((a, b) => a - b)[0];
    const main = document.querySelector("main");
    if (main && first > innerHeight / 2) main.scrollTop += first - main.getBoundingClientRect().top - 160;
  }

  window.clinicShell = { theme, size, follow, toggleNavigation, reveal, inSight };
})();

// Opens the dialog when the circuit is lost, and keeps what was typed over a reload. Works from class names alone,
// which every version of the client script sets; the event that newer ones raise is not needed.
(() => {
  "use strict";
  const dialog = document.getElementById("components-reconnect-modal");
  if (!dialog) return;
  const root = document.documentElement;
  const is = state => dialog.classList.contains(`components-reconnect-${state}`);
  const person = () => document.querySelector("[data-person]")?.dataset.person;
  const shelf = "dr-typed";

  /** A note keeps its own text, encrypted (note-copy.js), and is typed on in without a server: there is nothing to stop for. */
  const goesOn = () => document.querySelector("[data-keeps-typing]") !== null;

  /** In this tab only, and only for the same person: somebody else who signs in here must not find it. */
  function keepTyped() {
    const fields = {};
    for (const field of document.querySelectorAll("textarea[id], input[id]:not([type=password], [type=checkbox], [type=radio], [type=hidden])")) {
      if (field.value && !field.closest("[data-keeps-typing]")) fields[field.id] = field.value;
    }
    if (Object.keys(fields).length > 0 && person()) {
      sessionStorage.setItem(shelf, JSON.stringify({ path: location.pathname, person: person(), fields }));
    }
  }

  function giveBack() {
    const kept = JSON.parse(sessionStorage.getItem(shelf) ?? "null");
    if (!kept) return;
    const stop = () => { sessionStorage.removeItem(shelf); seen.disconnect(); clearTimeout(patience); };
    const seen = new MutationObserver(() => {
      if (!person()) return;
      if (kept.person !== person() || kept.path !== location.pathname) { stop(); return; }
      for (const [id, value] of Object.entries(kept.fields)) {
        const field = document.getElementById(id);
        if (!field || field.value) continue;
        field.value = value;
        field.dispatchEvent(new Event("input", { bubbles: true }));
        field.dispatchEvent(new Event("change", { bubbles: true }));
        delete kept.fields[id];
      }
      if (Object.keys(kept.fields).length === 0) stop();
    });
    const patience = setTimeout(stop, 15000);
    seen.observe(document.body, { childList: true, subtree: true });
  }

  let reloading = false;
  async function reload() {
    if (reloading) return;
    reloading = true;
    keepTyped();
    await window.clinicNote?.rest();
    location.reload();
  }

  function sync() {
    if (is("rejected")) { reload(); return; }
    const lost = is("show") || is("retrying") || is("failed");
    if (lost && root.dataset.connection !== "off") {
      root.dataset.connection = "off";
      const since = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" }).format(new Date());
      document.querySelectorAll("[data-lost-at]").forEach(e => { e.textContent = since; });
    } else if (!lost) {
      delete root.dataset.connection;
    }
    if (!lost && dialog.open) dialog.close();
    else if (lost && !dialog.open && !goesOn()) dialog.showModal();
    else if (is("failed") && !dialog.open) dialog.show();
  }

  async function retry() {
    try {
      // False: the server answers and no longer knows this page.
      if (await Blazor.reconnect() === false) reload();
    } catch {
      // It does not answer yet; the dialog stays and the next try is the person's or the framework's.
    }
  }

  new MutationObserver(sync).observe(dialog, { attributes: true, attributeFilter: ["class"] });
  dialog.addEventListener("cancel", event => event.preventDefault());
  document.getElementById("reconnect-now").addEventListener("click", retry);
  setInterval(() => { if (is("failed") && goesOn()) retry(); }, 10000);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible" && is("failed")) retry(); });
  giveBack();
})();

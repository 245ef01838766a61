// Opens a dialog that the page has rendered, and gives the focus back to what opened it when the page takes it away.
(() => {
  "use strict";
  const reachable = "button:not(:disabled), a[href], input:not(:disabled), select:not(:disabled), textarea:not(:disabled), [tabindex='0']";

  /** What opened it, and what that stands in; boards and the book keep their own focus. */
  function pathOf(opener) {
    const path = [];
    if (!opener || opener === document.body || opener.closest("[data-lanes], [data-book-grid]")) return opener ? [opener] : path;
    for (let at = opener; at && !at.matches("main, dialog, .shell, body"); at = at.parentElement) path.push(at);
    return path;
  }

  /** Back to what opened it. What was done in the dialog may have taken that away: then the next thing to do beside it. */
  function giveBack(path) {
    const [opener, ...around] = path;
    if (opener?.isConnected && opener !== document.body) { opener.focus(); return; }
    for (const part of around.filter(e => e.isConnected)) {
      const next = [...part.querySelectorAll(reachable)].find(e => e.checkVisibility());
      if (next) { next.focus(); return; }
    }
  }

  function open(dialog) {
    if (!dialog?.isConnected || dialog.open) return;
    const path = pathOf(document.activeElement);
    // Where something typed would be lost, Esc is a question to the page; a browser closes at a second one all the same.
    if ("asks" in dialog.dataset) dialog.addEventListener("cancel", event => event.preventDefault());
    dialog.showModal();
    const gone = new MutationObserver(() => {
      if (dialog.isConnected) return;
      gone.disconnect();
      giveBack(path);
      // The answer of the server may take it away a moment later.
      const later = new MutationObserver(() => {
        if (document.activeElement === document.body && !document.querySelector("dialog[open]")) giveBack(path);
      });
      later.observe(document.body, { childList: true, subtree: true });
      setTimeout(() => later.disconnect(), 2000);
    });
    gone.observe(document.body, { childList: true, subtree: true });
  }

  /** The field to begin with, once it is there. */
  function focus(id) {
    document.getElementById(id)?.focus();
  }

  // A button that copies a field names it in data-copy. Only a click may write to the clipboard, so the server is not asked first.
  document.addEventListener("click", async event => {
    const button = event.target.closest?.("[data-copy]");
    const field = button && document.getElementById(button.dataset.copy);
    if (!field) return;
    field.select();
    await navigator.clipboard?.writeText(field.value).catch(() => {});
  });

  window.clinicDialog = { open, focus };
})();

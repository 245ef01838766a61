// Opens a dialog that the page has rendered, and gives the focus back to what opened it when the page takes it away.
(() => {
  "use strict";

  function open(dialog) {
    if (!dialog?.isConnected || dialog.open) return;
    const opener = document.activeElement;
    // Where something typed would be lost, Esc is a question to the page; a browser closes at a second one all the same.
    if ("asks" in dialog.dataset) dialog.addEventListener("cancel", event => event.preventDefault());
    dialog.showModal();
    const gone = new MutationObserver(() => {
      if (dialog.isConnected) return;
      gone.disconnect();
      if (opener?.isConnected && opener !== document.body) opener.focus();
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

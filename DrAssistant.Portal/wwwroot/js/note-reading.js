// Reading a signed note: from one change to the next, its hash into the clipboard, and the note onto paper.
(() => {
  "use strict";

  /** The change after the one that was gone to last, and after the last the first again. */
  function nextChange(note) {
    const changes = [...note.querySelectorAll("[data-change]")];
    const at = changes.findIndex(change => "here" in change.dataset);
    for (const change of changes) delete change.dataset.here;
    const next = changes[(at + 1) % changes.length];
    if (!next) return;
    next.dataset.here = "";
    next.focus();
    next.scrollIntoView({ block: "center" });
  }

  // An address without HTTPS has no clipboard to write to; the old way works there too.
  async function copied(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const field = document.createElement("textarea");
      field.value = text;
      document.body.append(field);
      field.select();
      const done = document.execCommand("copy");
      field.remove();
      return done;
    }
  }

  document.addEventListener("click", async event => {
    const change = event.target.closest?.("[data-next-change]");
    if (change) nextChange(change.closest("[data-note-read]"));
    const hash = event.target.closest?.("[data-copy-text]");
    if (!hash) return;
    const done = await copied(hash.dataset.copyText);
    hash.focus();
    hash.nextElementSibling.textContent = done ? "Copied" : "It could not be copied";
  });

  /** A sheet beside everything else, so that nothing of the page around it can cut it off; gone when it is printed. */
  function print(note) {
    document.getElementById("paper")?.remove();
    const paper = document.createElement("div");
    paper.id = "paper";
    const sheet = note.cloneNode(true);
    for (const part of sheet.querySelectorAll("[data-not-printed], button, .notice")) part.remove();
    for (const named of sheet.querySelectorAll("[id]")) named.removeAttribute("id");
    paper.append(sheet);
    document.body.append(paper);
    addEventListener("afterprint", () => paper.remove(), { once: true });
    globalThis.print();
  }

  window.clinicReading = { print };
})();

// Small questions about the text of a note's fields.

/** What counts of a text: blanks around it, and empty lines of a list, do not. SoapText does the same on the server. */
export function clean(value, kind) {
  const text = (value ?? "").replaceAll("\r\n", "\n");
  return kind === "list" ? text.split("\n").map(line => line.trim()).filter(line => line).join("\n") : text.trim();
}

/** As if it had been typed, so that undo takes it back: replaces what stands from start to end and leaves the caret behind it. */
export function type(field, text, start, end) {
  field.focus();
  field.setSelectionRange(start, end);
  if (!document.execCommand("insertText", false, text)) {
    field.setRangeText(text, start, end, "end");
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
}

const BLANK = "***";

/** Selects the next *** after the caret, going round; what is typed then takes its place. Answers whether there was one. */
export function nextBlank(root) {
  const fields = [...root.querySelectorAll("[data-note-field]")].filter(field => !field.readOnly && !field.hidden);
  const here = fields.indexOf(document.activeElement);
  const order = here < 0 ? fields : [...fields.slice(here), ...fields.slice(0, here + 1)];
  for (const [turn, field] of order.entries()) {
    const at = field.value.indexOf(BLANK, here >= 0 && turn === 0 ? field.selectionEnd : 0);
    if (at >= 0) {
      select(field, at, at + BLANK.length);
      return true;
    }
  }
  return false;
}

export function select(field, start, end) {
  field.focus();
  field.setSelectionRange(start, end);
  field.scrollIntoView({ block: "nearest" });
}

/** Marks the blanks of a field on the paper behind its text. */
export function markBlanks(field) {
  const paper = field.previousElementSibling;
  if (!paper?.matches("[data-note-paper]")) return;
  const parts = field.value.split(BLANK);
  if (parts.length === 1) {
    if (paper.firstChild) paper.replaceChildren();
    return;
  }
  paper.replaceChildren(...parts.flatMap((part, at) => {
    const mark = document.createElement("mark");
    mark.textContent = BLANK;
    return at === 0 ? [part] : [mark, part];
  }));
}

/** Where the browser does not grow a text area by itself. */
export const grow = CSS.supports("field-sizing", "content")
  ? () => {}
  : field => { field.style.height = "auto"; field.style.height = `${field.scrollHeight}px`; };

// The keys of a note. Those that a button names in aria-keyshortcuts are pressed by shell.js; here is what they do, Enter, and the shortcuts of text.
import { Choices } from "./note-choices.js";
import { nextBlank, type } from "./note-text.js";

const MOST = 8;

/** @param what { shortcuts: [{ key, text, section }], save }. Answers with { go, stop }. */
export function followKeys(root, what) {
  const lists = new WeakMap();
  const inSight = field => !field.hidden && field.checkVisibility?.() !== false;
  const stops = () => [...root.querySelectorAll("textarea[data-note-field], [data-note-stop]")].filter(inSight);

  function listOf(field) {
    const place = field.closest(".note-in")?.querySelector("[data-note-choices]");
    if (!place) return null;
    if (!lists.has(field)) lists.set(field, new Choices(field, place, shortcut => expand(field, shortcut)));
    return lists.get(field);
  }

  /** A point at a word's start, and what follows it up to the caret. */
  function started(field) {
    if (field.selectionStart !== field.selectionEnd) return null;
    return /(?:^|[\s(])(\.[\p{L}\p{Nd}-]*)$/u.exec(field.value.slice(0, field.selectionStart))?.[1] ?? null;
  }

  function expand(field, shortcut) {
    const end = field.selectionStart;
    const start = end - (started(field)?.length ?? 0);
    type(field, shortcut.text, start, end);
    const blank = shortcut.text.indexOf("***");
    if (blank >= 0) field.setSelectionRange(start + blank, start + blank + 3);
  }

  const fits = (shortcut, field) => shortcut.section === "any" || field.dataset.noteField.startsWith(`${shortcut.section}.`);

  function offer(field) {
    const list = listOf(field);
    if (!list) return;
    const begun = started(field)?.toLowerCase();
    const found = begun ? what.shortcuts.filter(s => s.key.startsWith(begun) && fits(s, field)).slice(0, MOST) : [];
    if (found.length) list.show("Shortcuts", found.map(s => ({ code: s.key, text: s.text, value: s }))); else list.close();
  }

  function onInput(event) {
    const field = event.target;
    if (!field.matches?.("textarea[data-note-field]")) return;
    if (event.inputType?.startsWith("insert") || event.inputType?.startsWith("delete")) offer(field);
    // A line stays one line, also when several are pasted.
    if (field.dataset.noteKind === "line" && field.value.includes("\n")) {
      const at = field.selectionStart;
      field.value = field.value.replaceAll(/\s*\n\s*/g, " ");
      field.setSelectionRange(at, at);
    }
  }

  function onKey(event) {
    const field = event.target;
    if (!field.matches?.("textarea[data-note-field]") || event.isComposing) return;
    if (lists.get(field)?.key(event)) return;
    if (event.key === "Enter" && field.dataset.noteKind === "line" && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      const all = stops();
      all[all.indexOf(field) + 1]?.focus();
    }
  }

  function onClick(event) {
    const button = event.target.closest?.("[data-note-to], [data-note-blank], [data-note-save]");
    if (!button || !(root.contains(button) || button.dataset.noteBlank !== undefined)) return;
    if (button.dataset.noteTo) go(button.dataset.noteTo);
    else if (button.dataset.noteSave) what.save();
    else nextBlank(root);
  }

  /** To a field by its path, or to the first empty field of a part. */
  function go(path) {
    const all = stops().filter(field => (field.dataset.noteField ?? field.dataset.noteStop).startsWith(path));
    const target = all.find(field => (field.dataset.noteField ?? field.dataset.noteStop) === path) ?? all.find(field => !field.value) ?? all[0];
    target?.focus();
    target?.closest("[data-note-part]")?.scrollIntoView({ block: "nearest" });
  }

  const onLeave = event => lists.get(event.target)?.close();
  root.addEventListener("input", onInput);
  root.addEventListener("keydown", onKey);
  root.addEventListener("focusout", onLeave);
  document.addEventListener("click", onClick);
  return { go, stop: () => document.removeEventListener("click", onClick) };
}

// The fields of a note. While somebody types, the page is the truth and the server follows: one message with all that changed, a second
// after the last key and never more than two behind, at most one a second. The server's text goes into a field only while nobody is in it.
// What the server has not confirmed is kept in this browser (note-copy.js) and comes back when the note is opened again.
import { openCopy } from "./note-copy.js";
import { followDiagnoses } from "./note-diagnoses.js";
import { followKeys } from "./note-keys.js";
import { Model } from "./note-model.js";
import { State } from "./note-state.js";
import { grow, markBlanks, select } from "./note-text.js";

const PAUSE = 1000;
const BEHIND = 2000;
const PATIENCE = 10000;
const TRY_AGAIN = 3000;

/**
 * @param root the element that holds the fields
 * @param page the server's side: SaveTyped, FindKey, Restored, FindDiagnoses, UsedDiagnosis
 * @param start { noteId, personId, version, at, texts, key, shortcuts, focus }
 */
export async function open(root, page, start) {
  const note = new Note(root, page, start);
  await note.begin(start);
  return note;
}

class Note {
  #root;
  #page;
  #state;
  #model;
  #copy;
  #others = new Set(); // paths of fields that somebody else writes in
  #timer = 0;
  #since = 0;          // the first key that the server has not heard of
  #last = 0;           // the last message
  #notBefore = 0;
  #sending = null;
  #inFlight = null;
  #stops = [];

  constructor(root, page, start) {
    this.#root = root;
    this.#page = page;
    this.#model = new Model(start.version, start.texts, path => this.#field(path)?.dataset.noteKind ?? "text");
    this.#state = new State(root, start.version, start.at);
  }

  async begin(start) {
    this.#copy = await openCopy(start);
    this.#listen(this.#root, "input", event => this.#onInput(event.target));
    this.#listen(this.#root, "focusout", event => this.#onLeave(event.target));
    this.#listen(document, "visibilitychange", () => { if (document.visibilityState === "hidden") this.#hurry(); });
    this.#listen(window, "pagehide", () => this.#hurry());
    this.#watch(this.#root, { childList: true, subtree: true }, () => this.#mount());
    this.#watch(document.documentElement, { attributes: true, attributeFilter: ["data-connection"] }, () => this.#onConnection());
    const keys = followKeys(this.#root, { shortcuts: start.shortcuts, save: () => this.saveNow() });
    this.go = keys.go;
    this.#stops.push(keys.stop);
    this.#stops.push(followDiagnoses(this.#root, this.#page, (path, half) => { this.#model.half(path, half); this.#keep(); }));
    window.clinicNote = this;
    this.#mount();
    const caret = await this.#giveBack();
    // Whoever is in a field already stays there: what they type next would land in another one.
    if (start.focus && !document.activeElement?.matches("input, textarea, select")) this.#begin(caret);
  }

  #listen(target, name, act) {
    target.addEventListener(name, act);
    this.#stops.push(() => target.removeEventListener(name, act));
  }

  #watch(target, what, act) {
    const watcher = new MutationObserver(act);
    watcher.observe(target, what);
    this.#stops.push(() => watcher.disconnect());
  }

  #fields() { return [...this.#root.querySelectorAll("[data-note-field]")]; }
  #field(path) { return this.#fields().find(field => field.dataset.noteField === path); }

  // ---- what is typed

  #onInput(field) {
    const path = field.dataset?.noteField;
    if (!path) return;
    markBlanks(field);
    grow(field);
    this.#model.write(path, field.value);
    this.#keep();
    this.#since ||= performance.now();
    this.#schedule();
  }

  #onLeave(field) {
    const path = field.dataset?.noteField;
    if (!path) return;
    if (!this.#model.isTyped(path) && this.#model.isNew(path)) this.#show(path, this.#model.server(path));
    if (this.#model.isBehind) this.#schedule(0);
    this.#lock();
  }

  #onConnection() {
    if (!this.#model.isBehind) return;
    if (document.documentElement.dataset.connection === "off") this.#state.away(this.#copy.works);
    else this.saveNow();
  }

  #keep() {
    this.#copy.keep(() => this.#model.snapshot(this.#inFlight, this.#caret()));
  }

  #caret() {
    const field = document.activeElement;
    return field?.dataset?.noteField ? { path: field.dataset.noteField, at: field.selectionStart } : null;
  }

  #schedule(delay) {
    const now = performance.now();
    const due = delay ?? Math.max(0, Math.min(PAUSE, this.#since + BEHIND - now));
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#send(), Math.max(due, this.#last + PAUSE - now, this.#notBefore - now, 0));
  }

  /** Without waiting for a pause. Answers when the server has it, or cannot be reached. */
  async saveNow() {
    this.#notBefore = 0;
    await this.#sending;
    await this.#send();
    return !this.#model.isBehind;
  }

  async #send() {
    clearTimeout(this.#timer);
    if (this.#sending) return;
    this.#since = 0;
    if (!this.#model.isBehind) {
      this.#keep();
      this.#state.saved();
      return;
    }
    const message = this.#model.message(this.#caret()?.path ?? null);
    this.#inFlight = message.texts;
    this.#last = performance.now();
    this.#sending = this.#tell(message);
    await this.#sending;
    this.#sending = this.#inFlight = null;
    this.#keep();
    if (this.#model.isBehind) this.#schedule();
  }

  async #tell(message) {
    this.#state.saving();
    let patience;
    const late = new Promise((_, fail) => { patience = setTimeout(() => fail(new Error("No answer.")), PATIENCE); });
    try {
      const answer = await Promise.race([this.#page.invokeMethodAsync("SaveTyped", message), late]);
      if (answer.problem) {
        this.#notSaved(answer.problem);
        return;
      }
      this.#notBefore = 0;
      for (const [path, text] of this.#model.settle(answer, message.texts)) this.#take(path, text);
      this.#state.saved(answer.version, answer.at);
    } catch {
      this.#notSaved(null);
    } finally {
      clearTimeout(patience);
    }
  }

  #notSaved(problem) {
    this.#notBefore = performance.now() + TRY_AGAIN;
    this.#state.away(this.#copy.works, problem);
  }

  // ---- what the server says

  /** The server's text waits while somebody is in that field, or has typed there. */
  #take(path, text) {
    const field = this.#field(path);
    const inHand = field && field === document.activeElement && !this.#model.same(path, field.value, text);
    if (inHand || this.#model.isTyped(path)) this.#model.hold(path, text);
    else this.#show(path, text);
  }

  #show(path, text) {
    this.#model.accept(path, text);
    const field = this.#field(path);
    if (field && !this.#model.same(path, field.value, text)) this.#put(field, text);
  }

  #put(field, text) {
    field.value = text;
    markBlanks(field);
    grow(field);
    field.dispatchEvent(new Event("note-shown"));
  }

  /** The note as it is now. Fields in `settled` say so whatever was typed in them: somebody decided. */
  show(version, at, texts, settled) {
    this.#model.version = Math.max(version, this.#model.version);
    settled.forEach(path => this.#model.drop(path));
    for (const [path, text] of Object.entries(texts)) if (settled.includes(path)) this.#show(path, text); else this.#take(path, text);
    if (!this.#model.isBehind) this.#state.saved(version, at);
    this.#keep();
  }

  /** What stands in a field now. */
  text(path) { return this.#model.text(path); }

  /** Fields in which somebody else writes wait, unless one is in them already. */
  others(paths) {
    this.#others = new Set(paths);
    this.#lock();
  }

  #lock() {
    for (const field of this.#fields()) {
      const path = field.dataset.noteField;
      if (!this.#others.has(path)) field.readOnly = false;
      else if (field !== document.activeElement && !this.#model.isTyped(path)) field.readOnly = true;
    }
  }

  /** Fields come and go as the server renders them; each gets its text here. */
  #mount() {
    for (const field of this.#fields()) {
      if (field.dataset.noteMounted) continue;
      field.dataset.noteMounted = "true";
      this.#put(field, this.#model.text(field.dataset.noteField));
    }
    this.#lock();
  }

  // ---- what comes back

  /** What an earlier page left goes into the fields, is sent, and is told. Answers where the caret was. */
  async #giveBack() {
    const left = await this.#copy.earlier(id => this.#page.invokeMethodAsync("FindKey", id)).catch(() => []);
    const back = new Set(left.flatMap(({ what }) => this.#model.restore(what)));
    for (const path of back) {
      const field = this.#field(path);
      if (field) this.#put(field, this.#model.text(path));
      field?.dispatchEvent(new CustomEvent("note-half", { detail: this.#model.halfOf(path) }));
    }
    if (back.size) {
      this.#keep();
      await this.#copy.flush();
      await this.#send();
      await this.#page.invokeMethodAsync("Restored", [...back], left.at(-1).at);
    }
    this.#copy.forget(left.map(entry => entry.name));
    return left.at(-1)?.what.caret;
  }

  /** The caret where it was, or in the first field that is empty. */
  #begin(caret) {
    const field = caret && this.#field(caret.path);
    if (field) select(field, caret.at, caret.at);
    else this.#fields().find(f => !f.value && !f.readOnly && f.checkVisibility?.() !== false)?.focus({ preventScroll: true });
  }

  #hurry() {
    this.#keep();
    this.#copy.flush();
    if (this.#model.isBehind) this.#send();
  }

  /** Before the page is loaded anew: waits until the person stops for a moment, and until what they typed is kept. */
  async rest() {
    const began = performance.now();
    let typed;
    do {
      typed = JSON.stringify(this.#model.snapshot());
      await new Promise(wake => setTimeout(wake, 700));
    } while (typed !== JSON.stringify(this.#model.snapshot()) && performance.now() - began < PATIENCE);
    this.#keep();
    await this.#copy.flush();
  }

  /** The page goes away: what is unsaved is sent once more. What does not arrive lies in the copy. */
  async close() {
    clearTimeout(this.#timer);
    await this.saveNow();
    clearTimeout(this.#timer);
    this.#keep();
    this.#copy.close();
    this.#stops.forEach(stop => stop());
    if (window.clinicNote === this) delete window.clinicNote;
  }
}

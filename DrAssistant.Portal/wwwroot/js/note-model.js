// What is known of a note's text in this browser: what the server has, what somebody typed upon which text, and what is on its way.
// Nothing here touches the page.
import { clean } from "./note-text.js";

export class Model {
  version;
  #kindOf;
  #shown;             // by path: the server's text that an untouched field shows
  #news = new Map();  // by path: newer text of the server's, for a field that somebody is in or has typed in
  #typed = new Map(); // by path: { text, base, version, sent }: typed upon `base` of `version`, of which the server has got `sent`
  #local = new Map(); // by path: half a diagnosis, never sent

  /** @param kindOf by path: line, text, list, diagnoses */
  constructor(version, texts, kindOf) {
    this.version = version;
    this.#shown = new Map(Object.entries(texts));
    this.#kindOf = kindOf;
  }

  same(path, one, two) { return clean(one, this.#kindOf(path)) === clean(two, this.#kindOf(path)); }
  server(path) { return this.#news.get(path) ?? this.#shown.get(path) ?? ""; }
  text(path) { return this.#typed.get(path)?.text ?? this.server(path); }
  isTyped(path) { return this.#typed.has(path); }
  isNew(path) { return this.#news.has(path); }

  /** Whether somebody typed what the server has not confirmed. */
  get isBehind() { return this.#pending().length > 0; }
  get isEmpty() { return !this.isBehind && !this.#local.size; }

  #pending() { return [...this.#typed].filter(([path, typed]) => !this.same(path, typed.text, typed.sent ?? typed.base)); }

  write(path, text) {
    const typed = this.#typed.get(path) ?? { base: this.#shown.get(path) ?? "", version: this.version, sent: null };
    typed.text = text;
    this.#typed.set(path, typed);
    if (typed.sent === null && this.same(path, text, typed.base)) this.#typed.delete(path);
  }

  half(path, text) {
    if (text) this.#local.set(path, text); else this.#local.delete(path);
  }

  /**
   * What the server is to hear. Fields that were typed upon a text which is not the server's any more go first and by themselves, with that
   * text and its version: the others are newer, and nobody is to take them for a clash.
   */
  message(field) {
    const pending = this.#pending();
    const late = pending.filter(([path, typed]) => !this.same(path, typed.base, this.server(path)));
    const basedOn = late.length ? Math.min(...late.map(([, typed]) => typed.version)) : this.version;
    const goes = late.length ? late.filter(([, typed]) => typed.version === basedOn) : pending;
    return {
      texts: Object.fromEntries(goes.map(([path, typed]) => [path, typed.text])),
      bases: late.length ? Object.fromEntries(goes.map(([path, typed]) => [path, typed.base])) : {},
      basedOn,
      field,
    };
  }

  /** The server's answer to a message. Answers with the texts that the fields are to show: [path, text]. */
  settle(answer, sent) {
    this.version = answer.version;
    const shows = [];
    for (const [path, text] of Object.entries(sent)) {
      const typed = this.#typed.get(path);
      const theirs = answer.texts[path] ?? text;
      if (answer.conflicts.includes(path)) {
        // Both values stand beside the field until somebody settles it; what is typed here stays.
        if (typed) typed.sent = text;
        this.#news.set(path, theirs);
      } else if (!typed || typed.text === text) {
        this.#typed.delete(path);
        shows.push([path, theirs]);
      } else {
        Object.assign(typed, { base: theirs, version: answer.version, sent: null });
        this.accept(path, theirs);
      }
    }
    return [...shows, ...Object.entries(answer.texts).filter(([path]) => !(path in sent))];
  }

  /** The server's text is what the field shows. */
  accept(path, text) {
    this.#news.delete(path);
    this.#shown.set(path, text);
  }

  /** The server's text waits: somebody is in the field, or has typed there. */
  hold(path, text) {
    if (this.same(path, text, this.#shown.get(path))) this.#news.delete(path); else this.#news.set(path, text);
  }

  /** Somebody decided what a field says: what was typed there gives way. */
  drop(path) { this.#typed.delete(path); }

  // ---- for the copy in this browser

  snapshot(sending, caret) {
    if (this.isEmpty) return null;
    return {
      fields: Object.fromEntries(this.#pending().map(([path, { text, base, version, sent }]) => [path, { text, base, version, sent: sending?.[path] ?? sent }])),
      local: Object.fromEntries(this.#local),
      caret,
    };
  }

  /** What an earlier page left and the server has not. Answers with the paths that came back. */
  restore(what) {
    const back = [];
    for (const [path, half] of Object.entries(what.local ?? {})) {
      this.#local.set(path, half);
      back.push(path);
    }
    for (const [path, kept] of Object.entries(what.fields)) {
      const server = this.server(path);
      if (this.same(path, kept.text, server)) continue;
      // The server's answer may have been lost and not the text: then what was sent is what this was written upon.
      const upon = this.same(path, server, kept.base) || (kept.sent !== null && this.same(path, server, kept.sent));
      this.#typed.set(path, { text: kept.text, base: upon ? server : kept.base, version: upon ? this.version : kept.version, sent: null });
      back.push(path);
    }
    return back;
  }

  halfOf(path) { return this.#local.get(path) ?? ""; }
}

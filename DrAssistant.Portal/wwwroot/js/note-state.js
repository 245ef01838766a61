// The line that says whether a note is saved. The server cannot write it: it matters most when there is none.
const SLOW = 1000;

export class State {
  #words;
  #button;
  #aloud;
  #at;
  #version;
  #timer = 0;

  constructor(root, version, at) {
    this.#button = root.querySelector("[data-note-save]");
    this.#words = root.querySelector("[data-note-state]");
    this.#aloud = root.querySelector("[data-note-aloud]");
    this.#say("saved", this.#saved(version, at));
  }

  #saved(version, at) {
    this.#version = version;
    this.#at = at;
    return `Saved ${at}`;
  }

  #say(state, words) {
    clearTimeout(this.#timer);
    if (!this.#button || !this.#words) return;
    const was = this.#button.dataset.noteSave;
    this.#button.dataset.noteSave = state;
    this.#words.textContent = words;
    this.#button.title = state === "saved" ? `Version ${this.#version}. Save now: Ctrl S` : "Save now: Ctrl S";
    // Read out when it begins to matter and when it is over, not every two seconds.
    if ((state === "away") !== (was === "away") && this.#aloud) this.#aloud.textContent = state === "saving" ? "" : words;
  }

  /** Said only when it takes long. */
  saving() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => { if (this.#button?.dataset.noteSave === "saved") this.#say("saving", "Saving…"); }, SLOW);
  }

  saved(version = this.#version, at = this.#at) {
    this.#say("saved", this.#saved(version, at));
  }

  /** @param kept whether this browser has it */
  away(kept, problem = null) {
    const where = kept ? "Kept on this computer, trying again" : "Kept on this page only, trying again";
    this.#say("away", problem ? `${problem} ${where}` : `Not saved since ${this.#at}. ${where}`);
  }
}

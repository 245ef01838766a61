// What was typed into a note and is not on the server yet, kept in this browser. It is encrypted with a key that the server holds
// for the session: after signing out nobody can read it any more. Each open page keeps a copy of its own.
const PREFIX = "dr-note.";
const SOON = 200;
const DAYS = 2;
const text = new TextEncoder();

const toBase64 = bytes => btoa(Array.from(new Uint8Array(bytes), byte => String.fromCharCode(byte)).join(""));
const fromBase64 = said => Uint8Array.from(atob(said), letter => letter.charCodeAt(0));
const imported = key => crypto.subtle.importKey("raw", fromBase64(key), "AES-GCM", false, ["encrypt", "decrypt"]);

function read(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
}

/** What nobody came back for: its key is gone by now. */
function sweep() {
  const old = Date.now() - DAYS * 86400000;
  for (const name of Object.keys(localStorage).filter(n => n.startsWith(PREFIX))) {
    const entry = read(name);
    if (!entry || !(Date.parse(entry.at) > old)) localStorage.removeItem(name);
  }
}

/** Names of the pages that are open now: what they keep is theirs. */
async function openPages() {
  const held = await navigator.locks?.query();
  return new Set((held?.held ?? []).map(lock => lock.name));
}

/**
 * The copy of one page. Without a key or on an address that the browser does not trust (no HTTPS), nothing is kept: `works` is false.
 * @param about { noteId, personId, key: { id, key } or null }
 */
export async function openCopy(about) {
  if (!about.key || !globalThis.crypto?.subtle) return nothing;
  try {
    sweep();
    return new Copy(about, await imported(about.key.key));
  } catch {
    // A browser that forbids storage altogether.
    return nothing;
  }
}

const nothing = { works: false, keep() {}, flush: async () => {}, earlier: async () => [], forget() {}, close() {} };

class Copy {
  works = true;
  #name;
  #about;
  #key;
  #snapshot = null;
  #timer = 0;
  #writing = Promise.resolve();
  #written = 0;
  #leave = () => {};

  constructor(about, key) {
    this.#about = about;
    this.#key = key;
    this.#name = `${PREFIX}${about.noteId}.${crypto.randomUUID()}`;
    navigator.locks?.request(this.#name, () => new Promise(leave => { this.#leave = leave; }));
  }

  /** Soon. `snapshot` is asked then, and answers with what is to be kept, or with null when nothing is. */
  keep(snapshot) {
    this.#snapshot = snapshot;
    if (!this.#timer) this.#timer = setTimeout(() => this.flush(), SOON);
  }

  /** Now. */
  flush() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    const what = this.#snapshot?.();
    const number = ++this.#written;
    this.#writing = this.#writing.then(() => what ? this.#write(what, number) : this.#remove(number)).catch(() => { this.works = false; });
    return this.#writing;
  }

  async #write(what, number) {
    if (number !== this.#written) return;
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: this.#bound(this.#about.key.id) }, this.#key, text.encode(JSON.stringify(what)));
    // Kept even if a newer one waits behind it: a page that is going away may never come to that.
    localStorage.setItem(this.#name, JSON.stringify({ who: this.#about.personId, key: this.#about.key.id, at: new Date().toISOString(), iv: toBase64(iv), data: toBase64(data) }));
    this.works = true;
  }

  #remove(number) {
    if (number === this.#written) localStorage.removeItem(this.#name);
  }

  /** Neither another note's nor another person's copy can be passed off as this one. */
  #bound(keyId) {
    return text.encode(`${this.#about.noteId} ${this.#about.personId} ${keyId}`);
  }

  /**
   * What pages that are gone left behind of this note and this person, the oldest first: { name, at, what }.
   * @param findKey asks the server for the key of an earlier session: its text, null when it is gone for ever, undefined when nobody knows now.
   */
  async earlier(findKey) {
    const open = await openPages();
    const left = [];
    for (const name of Object.keys(localStorage).filter(n => n.startsWith(`${PREFIX}${this.#about.noteId}.`) && n !== this.#name && !open.has(n))) {
      const entry = read(name);
      if (entry?.who !== this.#about.personId) continue;
      const found = entry.key === this.#about.key.id ? this.#key : await findKey(entry.key).then(key => key && imported(key), () => undefined);
      if (found === null) localStorage.removeItem(name);
      if (!found) continue;
      try {
        const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: fromBase64(entry.iv), additionalData: this.#bound(entry.key) }, found, fromBase64(entry.data));
        left.push({ name, at: entry.at, what: JSON.parse(new TextDecoder().decode(plain)) });
      } catch {
        localStorage.removeItem(name);
      }
    }
    return left.sort((a, b) => a.at < b.at ? -1 : 1);
  }

  /** They are in this page's own copy or on the server now. */
  forget(names) {
    for (const name of names) localStorage.removeItem(name);
  }

  close() {
    this.flush().finally(() => this.#leave());
  }
}

// Parts of a recording on their way to the server. Each is kept in this browser, encrypted with a key that the server holds for the
// session, until the server says that it has it: a lost connection, a reload or a restart of the server loses none.
const STORE = "parts";
const ENDS = "ends";
const SOON = 500;
const LATEST = 10000;
const PATIENCE = 20000;
const text = new TextEncoder();

const fromBase64 = said => Uint8Array.from(atob(said), letter => letter.charCodeAt(0));
const hex = bytes => Array.from(new Uint8Array(bytes), byte => byte.toString(16).padStart(2, "0")).join("");
const wait = delay => new Promise(wake => setTimeout(wake, delay));
const asked = request => new Promise((done, fail) => { request.onsuccess = () => done(request.result); request.onerror = () => fail(request.error); });

/** What the server wants beside a request that changes something: a page of another origin does not know it. */
export function headers(more = {}) {
  return { RequestVerificationToken: document.querySelector('input[name="__RequestVerificationToken"]')?.value ?? "", ...more };
}

/** Each person's own: who signs in next on the same computer neither sends nor removes what somebody else left. */
async function openStore(personId) {
  const request = indexedDB.open(`dr-recordings.${personId}`, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(STORE);
    request.result.createObjectStore(ENDS);
  };
  return await asked(request);
}

/**
 * @param personId whose recordings they are
 * @param key { id, key } of the session, or null: then parts are kept in this page's memory only, and `works` is false
 * @param told is called whenever something was sent, or could not be
 */
export async function openQueue(personId, key, told) {
  try {
    if (!key || !globalThis.crypto?.subtle) return new Queue(null, null, null, told);
    return new Queue(await openStore(personId), key.id, await imported(key.key), told);
  } catch {
    return new Queue(null, null, null, told);
  }
}

const imported = key => crypto.subtle.importKey("raw", fromBase64(key), "AES-GCM", false, ["encrypt", "decrypt"]);

class Queue {
  #db;
  #keyId;
  #key;
  #told;
  #memory = new Map(); // "id n" -> bytes, of what is not stored
  #waiting = new Map(); // id -> Map of number -> true
  #ends = new Map();    // id -> { parts, seconds }
  #sending = new Set();

  constructor(db, keyId, key, told) {
    [this.#db, this.#keyId, this.#key, this.#told] = [db, keyId, key, told];
  }

  get works() { return this.#db !== null; }

  /** How many parts of a recording are still here. */
  left(id) { return this.#waiting.get(id)?.size ?? 0; }

  /** It runs, and no part is here yet: a page that goes away before the first one leaves at least this. */
  async begin(id) {
    await this.#write(ENDS, id, { parts: 0, seconds: 0, keyId: this.#keyId, open: true }).catch(() => {});
  }

  /** @param seconds how long it is with this part, where that is counted */
  async add(id, number, bytes, seconds = 0) {
    this.#await(id).set(number, true);
    if (await this.#keep(id, number, bytes)) {
      // A page that goes away ends the recording with what it has; the parts themselves may all be sent by then, and gone from here.
      await this.#write(ENDS, id, { parts: number + 1, seconds, keyId: this.#keyId, open: true }).catch(() => {});
    }
    this.#send(id);
  }

  /** No part comes any more: once all are there, the server puts them together. */
  async end(id, parts, seconds) {
    this.#ends.set(id, { parts, seconds });
    await this.#write(ENDS, id, { parts, seconds, keyId: this.#keyId }).catch(() => {});
    this.#send(id);
  }

  /**
   * Recordings that a page which is gone left here: what is unsent is sent, and they are ended with what they have.
   * @param findKey asks the server for the key of an earlier session; null when it is gone for ever
   * @param nothing tells the server of a recording of which no part came to be here; whether it has settled what becomes of it
   */
  async takeUp(findKey, isOpen, partSeconds, nothing) {
    if (!this.#db) return [];
    const names = (await asked(this.#db.transaction(STORE).objectStore(STORE).getAllKeys())).map(name => name.split(" "));
    const ends = await asked(this.#db.transaction(ENDS).objectStore(ENDS).getAllKeys());
    const ids = new Set([...names.map(([id]) => id), ...ends]);
    const taken = [];
    for (const id of ids) {
      if (isOpen(id) || this.#waiting.has(id)) continue;
      const end = await asked(this.#db.transaction(ENDS).objectStore(ENDS).get(id));
      const numbers = names.filter(([of]) => of === id).map(([, number]) => Number(number));
      for (const number of numbers) this.#await(id).set(number, true);
      await this.#renew(id, numbers, findKey);
      const parts = end && !end.open ? end.parts : Math.max(end?.parts ?? 0, 1 + Math.max(-1, ...numbers));
      if (parts > 0) await this.end(id, parts, end?.seconds ?? parts * partSeconds);
      else if (await nothing(id).catch(() => false)) await this.#erase(ENDS, id);
      taken.push(id);
    }
    return taken;
  }

  /** When all of a recording is on the server, or after some patience. */
  async sent(id) {
    const until = performance.now() + PATIENCE;
    while ((this.left(id) || this.#ends.has(id)) && performance.now() < until) await wait(100);
  }

  /** Nothing of it is sent any more: the consent was withdrawn, or the server does not take it. */
  async forget(id) {
    const numbers = [...(this.#waiting.get(id)?.keys() ?? [])];
    this.#waiting.delete(id);
    this.#ends.delete(id);
    for (const number of numbers) await this.#remove(id, number);
    await this.#erase(ENDS, id);
    this.#told(id);
  }

  #await(id) {
    if (!this.#waiting.has(id)) this.#waiting.set(id, new Map());
    return this.#waiting.get(id);
  }

  async #send(id) {
    if (this.#sending.has(id)) return;
    this.#sending.add(id);
    let delay = SOON;
    try {
      for (;;) {
        const number = Math.min(...(this.#waiting.get(id)?.keys() ?? []));
        const end = this.#ends.get(id);
        if (!Number.isFinite(number) && !end) return;
        const answer = Number.isFinite(number) ? await this.#sendPart(id, number) : await this.#sendEnd(id, end);
        if (answer === "taken") delay = SOON;
        else if (answer === "refused") return await this.forget(id);
        else {
          await wait(delay);
          delay = Math.min(LATEST, delay * 2);
        }
        this.#told(id);
      }
    } finally {
      this.#sending.delete(id);
    }
  }

  async #sendPart(id, number) {
    const bytes = await this.#read(id, number);
    if (!bytes) {
      // It cannot be read any more; the server says which part is missing.
      this.#waiting.get(id)?.delete(number);
      return "taken";
    }
    const checksum = hex(await crypto.subtle.digest("SHA-256", bytes));
    const answer = await this.#ask(`/recordings/${id}/parts/${number}`, { method: "PUT", body: bytes, headers: headers({ "Content-Type": "application/octet-stream", "X-Checksum": checksum }) });
    if (answer === "taken") {
      this.#waiting.get(id)?.delete(number);
      await this.#remove(id, number);
    }
    return answer;
  }

  async #sendEnd(id, end) {
    const answer = await this.#ask(`/recordings/${id}/finish`, { method: "POST", body: JSON.stringify({ parts: end.parts, seconds: end.seconds }), headers: headers({ "Content-Type": "application/json" }) });
    if (answer === "taken") {
      this.#ends.delete(id);
      await this.#erase(ENDS, id);
    }
    return answer;
  }

  /** Only what the server will never take is given up; a session that has ended may be renewed. */
  async #ask(address, what) {
    try {
      const answer = await fetch(address, { ...what, credentials: "same-origin", redirect: "error", signal: AbortSignal.timeout(30000) });
      if (answer.ok) return "taken";
      return [404, 409, 410, 413, 415, 422].includes(answer.status) ? "refused" : "later";
    } catch {
      return "later";
    }
  }

  // ---- what is kept

  /** Whether it outlives this page. */
  async #keep(id, number, bytes) {
    try {
      await this.#write(STORE, `${id} ${number}`, await this.#seal(id, number, bytes));
      return true;
    } catch {
      this.#memory.set(`${id} ${number}`, bytes);
      return false;
    }
  }

  async #seal(id, number, bytes) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: text.encode(`${id} ${number}`) }, this.#key, bytes);
    return { keyId: this.#keyId, iv, data };
  }

  async #read(id, number) {
    const there = this.#memory.get(`${id} ${number}`);
    if (there || !this.#db) return there;
    const kept = await asked(this.#db.transaction(STORE).objectStore(STORE).get(`${id} ${number}`));
    if (!kept) return null;
    try {
      return await crypto.subtle.decrypt({ name: "AES-GCM", iv: kept.iv, additionalData: text.encode(`${id} ${number}`) }, this.#key, kept.data);
    } catch {
      return null;
    }
  }

  /** Parts of an earlier session are sealed with its key: they are sealed with this one's, or gone with it. */
  async #renew(id, numbers, findKey) {
    for (const number of numbers) {
      const kept = await asked(this.#db.transaction(STORE).objectStore(STORE).get(`${id} ${number}`));
      if (!kept || kept.keyId === this.#keyId) continue;
      const key = await findKey(kept.keyId).then(found => found && imported(found), () => undefined);
      if (key === undefined) continue;
      try {
        const bytes = await crypto.subtle.decrypt({ name: "AES-GCM", iv: kept.iv, additionalData: text.encode(`${id} ${number}`) }, key, kept.data);
        await this.#write(STORE, `${id} ${number}`, await this.#seal(id, number, bytes));
      } catch {
        await this.#remove(id, number);
      }
    }
  }

  async #write(store, name, what) {
    if (!this.#db) throw new Error("Nothing is kept here.");
    await asked(this.#db.transaction(store, "readwrite").objectStore(store).put(what, name));
  }

  async #remove(id, number) {
    this.#memory.delete(`${id} ${number}`);
    await this.#erase(STORE, `${id} ${number}`);
  }

  async #erase(store, name) {
    if (this.#db) await asked(this.#db.transaction(store, "readwrite").objectStore(store).delete(name)).catch(() => {});
  }
}
